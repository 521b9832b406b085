package dev.vigie.canary;

import dev.vigie.match.Match;
import dev.vigie.simulator.CertificateMaker;
import dev.vigie.simulator.SimulatedLog;
import dev.vigie.x509.TbsHash;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * A certificate of each kind that has been logged.
 *
 * @param entered when, by the database's clock
 * @param kinds by the id that its match will have; nobody else's certificate leads to it
 */
record CanarySet(Instant entered, Map<UUID, CanaryKind> kinds) {

    private static final UUID RULE = UUID.fromString("00000000-0000-8000-8000-000000000003");

    static CanarySet enter(SimulatedLog log, CertificateMaker ca, Instant now) {
        Map<UUID, CanaryKind> kinds = new LinkedHashMap<>();
        for (CanaryKind kind : CanaryKind.values()) {
            CertificateMaker.Issuance issuance = kind.issue(ca, now);
            kinds.put(Match.idOf(RULE, TbsHash.ofTbs(issuance.tbs())), kind);
            kind.enter(issuance, log);
        }
        return new CanarySet(now, kinds);
    }

    Set<UUID> matches() {
        return kinds.keySet();
    }

    /** The kinds of which no alert has arrived, as people read them; empty if all have. */
    String missing(Set<UUID> arrived) {
        return kinds.entrySet().stream()
                .filter(kind -> !arrived.contains(kind.getKey()))
                .map(kind -> kind.getValue().title())
                .collect(Collectors.joining(", "));
    }
}
