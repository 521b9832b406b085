package dev.vigie.renewal;

import dev.vigie.database.Database;
import dev.vigie.dns.InertName;
import dev.vigie.incident.IncidentKind;
import dev.vigie.incident.Incidents;
import dev.vigie.incident.Observation;
import dev.vigie.match.StoredCertificate;
import dev.vigie.watchlist.Watchlist;
import io.quarkus.logging.Log;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.hibernate.LockMode;
import org.hibernate.Session;

/** Tells the owners of watchlists what is amiss with their certificates: as incidents. */
@ApplicationScoped
class RenewalWatch {

    private static final Duration MOURNING = Duration.ofDays(30);
    private static final Duration NEWS = Duration.ofDays(7);
    private static final int NAMES_SHOWN = 5;

    private static final Set<IncidentKind> OURS =
            EnumSet.of(
                    IncidentKind.CERTIFICATE_ENDING,
                    IncidentKind.ISSUER_CHANGED,
                    IncidentKind.NAME_ABSENT);

    /** Whoever has once begun to look goes on, so as not to begin anew. */
    private static final String CARING =
            " where not internal and (expiryDays is not null or issuerChanges"
                    + " or canaryDays is not null or renewalTime is not null)";

    private final NameHistory history;
    private final Incidents incidents;
    private final Database database;
    private final Duration lag;

    /**
     * @param lag how long after a match was seen it is looked at; longer than any transaction takes
     */
    RenewalWatch(
            NameHistory history,
            Incidents incidents,
            Database database,
            @ConfigProperty(name = "vigie.renewal.lag") Duration lag) {
        this.history = history;
        this.incidents = incidents;
        this.database = database;
        this.lag = lag;
    }

    @Scheduled(
            every = "{vigie.renewal.interval}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void tick() {
        database.whenThere(() -> look(database.now()));
    }

    /** Looks at all watchlists that want it. */
    void look(Instant now) {
        incidents.closeQuiet(Set.of(IncidentKind.ISSUER_CHANGED), NEWS);
        incidents.closeOfOthers(OURS, ids(""));
        for (UUID watchlist : ids(CARING)) {
            try {
                boolean more;
                do {
                    more = QuarkusTransaction.requiringNew().call(() -> lookAt(watchlist, now));
                } while (more);
            } catch (RuntimeException e) {
                Log.errorf(e, "certificates could not be looked at watchlist=%s", watchlist);
            }
        }
    }

    private static List<UUID> ids(String which) {
        return QuarkusTransaction.requiringNew()
                .call(() ->
                        Watchlist.getEntityManager()
                                .createQuery(
                                        "select id from Watchlist" + which + " order by id",
                                        UUID.class)
                                .getResultList());
    }

    /**
     * Whoever looks has the watchlist locked until all that was found is told, so it is told once,
     * and a crash takes back what was noted together with what was told.
     *
     * @return whether there is more to look at
     */
    private boolean lookAt(UUID id, Instant now) {
        Optional<Watchlist> locked = lock(id);
        if (locked.isEmpty()) {
            return false; // somebody else is looking, or it is gone
        }
        Watchlist watchlist = locked.get();
        NameHistory.Look look = history.lookOn(watchlist, now.minus(lag));
        look.otherIssuers().forEach(other -> tell(id, other));
        if (look.isUpToDate()) {
            judgeEnds(watchlist, now);
            judgeCanaries(watchlist, now);
        }
        return !look.isUpToDate();
    }

    private static Optional<Watchlist> lock(UUID id) {
        return Watchlist.getEntityManager()
                .unwrap(Session.class)
                .createSelectionQuery(
                        "from Watchlist where id = :id and not internal", Watchlist.class)
                .setParameter("id", id)
                .setHibernateLockMode(LockMode.UPGRADE_SKIPLOCKED)
                .uniqueResultOptional();
    }

    private void tell(UUID watchlist, NameHistory.OtherIssuer other) {
        StoredCertificate certificate = other.certificate();
        incidents.observe(
                Observation.ofWatchlist(
                        watchlist,
                        IncidentKind.ISSUER_CHANGED,
                        subject(watchlist, hex(certificate.tbsSha256)),
                        "A new certificate for %s is from %s; the one before was from %s. SHA-256: %s"
                                .formatted(
                                        names(other.names()),
                                        organisation(String.valueOf(certificate.issuer)),
                                        organisation(other.before()),
                                        hex(certificate.sha256))));
    }

    private void judgeEnds(Watchlist watchlist, Instant now) {
        Map<String, List<WatchedName>> ending = new LinkedHashMap<>();
        if (watchlist.expiryDays != null && watchlist.enabled) {
            Instant until = now.plus(Duration.ofDays(watchlist.expiryDays));
            for (WatchedName name : WatchedName.ending(watchlist.id, now.minus(MOURNING), until)) {
                ending.computeIfAbsent(
                                subject(watchlist.id, hex(name.tbsSha256)), s -> new ArrayList<>())
                        .add(name);
            }
        }
        ending.forEach((subject, names) -> {
            Instant end = names.getFirst().notAfter;
            if (end != null) {
                incidents.observe(
                        Observation.ofWatchlist(
                                watchlist.id,
                                IncidentKind.CERTIFICATE_ENDING,
                                subject,
                                "The newest certificate for %s that was seen ends on %s, and no"
                                                .formatted(
                                                        names(
                                                                names.stream()
                                                                        .map(n -> n.name)
                                                                        .toList()),
                                                        end.atOffset(ZoneOffset.UTC).toLocalDate())
                                        + " successor was seen."));
            }
        });
        incidents.closeOthers(watchlist.id, IncidentKind.CERTIFICATE_ENDING, ending.keySet());
    }

    private void judgeCanaries(Watchlist watchlist, Instant now) {
        Set<String> absent = new HashSet<>();
        Integer days = watchlist.enabled ? watchlist.canaryDays : null;
        for (String name : days == null ? List.<String>of() : watchlist.canaryNames) {
            Instant since = watchlist.canarySince == null ? now : watchlist.canarySince;
            Instant seen =
                    WatchedName.of(watchlist.id, name)
                            .map(known -> known.seenAt)
                            .filter(since::isBefore)
                            .orElse(since);
            if (days != null && seen.isBefore(now.minus(Duration.ofDays(days)))) {
                String subject = subject(watchlist.id, name);
                absent.add(subject);
                incidents.observe(
                        Observation.ofWatchlist(
                                watchlist.id,
                                IncidentKind.NAME_ABSENT,
                                subject,
                                "No new certificate for %s was seen for %d days."
                                        .formatted(InertName.ofKept(name), days)));
            }
        }
        incidents.closeOthers(watchlist.id, IncidentKind.NAME_ABSENT, absent);
    }

    private static String names(List<String> names) {
        List<String> shown =
                names.stream()
                        .limit(NAMES_SHOWN)
                        .map(name -> InertName.ofKept(name).text())
                        .toList();
        String text = String.join(", ", shown);
        int more = names.size() - shown.size();
        return more == 0 ? text : "%s and %d more names".formatted(text, more);
    }

    private static String organisation(String issuer) {
        return InertName.of(IssuerName.organisation(issuer)).text();
    }

    private static String subject(UUID watchlist, String what) {
        return watchlist + " " + what;
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
