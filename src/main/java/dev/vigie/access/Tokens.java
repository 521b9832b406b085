package dev.vigie.access;

import io.quarkus.logging.Log;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Transactional;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Knows which tokens are good, and makes the first one. */
@ApplicationScoped
public class Tokens {

    private static final String PREFIX = "vgt_";
    private static final int TOKEN_BYTES = 32;
    private static final int LONGEST = 512;

    private final Optional<String> adminToken;
    private final InstantSource clock;

    /**
     * @param adminToken token of the first administrator; without it one is made at the first start
     *     and printed once
     */
    Tokens(
            @ConfigProperty(name = "vigie.admin-token") Optional<String> adminToken,
            InstantSource clock) {
        this.adminToken = adminToken.filter(token -> !token.isBlank());
        this.clock = clock;
    }

    @Transactional
    void makeFirstToken(@Observes StartupEvent event) {
        if (adminToken.isPresent() || ApiToken.count() > 0) {
            return;
        }
        byte[] random = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(random);
        String token = PREFIX + HexFormat.of().formatHex(random);
        var stored = new ApiToken();
        stored.id = UUID.randomUUID();
        stored.name = "first administrator";
        stored.sha256 = ApiToken.hash(token);
        stored.createdAt = clock.instant();
        stored.persist();
        Log.infof("Your API token, shown this once: %s", token);
    }

    /** Whether somebody with this token may use the API. */
    @Transactional
    public boolean isGood(String token) {
        if (token.isEmpty() || token.length() > LONGEST) {
            return false;
        }
        byte[] hash = ApiToken.hash(token);
        return adminToken.filter(t -> MessageDigest.isEqual(ApiToken.hash(t), hash)).isPresent()
                || ApiToken.isKnown(token);
    }
}
