package dev.vigie.access;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Sees to it that there is always somebody who can administrate all. */
@ApplicationScoped
class Administrators {

    private final Optional<byte[]> configured;
    private final boolean logInElsewhere;
    private final InstantSource clock;

    /**
     * @param adminToken token of the first administrator; without it one is made at the first start
     *     and printed once
     * @param oidc whether people can log in by OpenID Connect
     */
    Administrators(
            @ConfigProperty(name = "vigie.admin-token") Optional<String> adminToken,
            @ConfigProperty(name = "quarkus.oidc.tenant-enabled", defaultValue = "false")
                    boolean oidc,
            InstantSource clock) {
        configured = adminToken.filter(token -> !token.isBlank()).map(ApiToken::hash);
        this.logInElsewhere = oidc;
        this.clock = clock;
    }

    /** Whether this is the hash of the token in the configuration. */
    boolean isConfigured(byte[] hash) {
        return configured.filter(known -> MessageDigest.isEqual(known, hash)).isPresent();
    }

    /** One after the other, so that of several who ask only the first finds nobody. */
    @Transactional(Transactional.TxType.MANDATORY)
    boolean areThere() {
        // a row that nothing refers to: whoever writes a reference holds what it refers to, too
        ApiToken.getEntityManager()
                .createNativeQuery("select id from administration where id = 1 for update")
                .getSingleResult();
        Instant now = clock.instant();
        return configured.isPresent()
                || AppUser.countAdministrators(logInElsewhere) > 0
                || ApiToken.count(
                                "scope = ?1 and teamId is null"
                                        + " and (expiresAt is null or expiresAt > ?2)",
                                Role.ADMIN,
                                now)
                        > 0;
    }

    /**
     * To be asked after a change and before it is committed.
     *
     * @throws LastAdministratorException if nobody is left
     */
    @Transactional(Transactional.TxType.MANDATORY)
    void refuseNone() {
        if (!areThere()) {
            throw new LastAdministratorException();
        }
    }
}
