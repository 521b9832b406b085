package dev.vigie.renewal;

import dev.vigie.database.Database;
import dev.vigie.dns.InertName;
import dev.vigie.incident.IncidentKind;
import dev.vigie.incident.Incidents;
import dev.vigie.incident.Observation;
import dev.vigie.match.StoredCertificate;
import dev.vigie.watchlist.Watchlist;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Tells the owners of watchlists what is amiss with their certificates: as incidents. */
@ApplicationScoped
class RenewalWatch {

    private static final Duration MOURNING = Duration.ofDays(30);
    private static final Duration NEWS = Duration.ofDays(7);
    private static final int NAMES_SHOWN = 5;

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
        List<UUID> caring =
                QuarkusTransaction.requiringNew()
                        .call(() ->
                                Watchlist.<Watchlist>list("not internal order by id").stream()
                                        .filter(RenewalWatch::cares)
                                        .map(watchlist -> watchlist.id)
                                        .toList());
        for (UUID watchlist : caring) {
            Optional<NameHistory.Look> look = history.lookOn(watchlist, now.minus(lag));
            while (look.isPresent()) {
                look.get().otherIssuers().forEach(other -> tell(watchlist, other));
                if (look.get().isUpToDate()) {
                    QuarkusTransaction.requiringNew().run(() -> judge(watchlist, now));
                    break;
                }
                look = history.lookOn(watchlist, now.minus(lag));
            }
        }
    }

    private static boolean cares(Watchlist watchlist) {
        return watchlist.expiryDays != null
                || watchlist.issuerChanges
                || watchlist.canaryDays != null
                || watchlist.renewalTime != null;
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
                                        IssuerName.organisation(String.valueOf(certificate.issuer)),
                                        IssuerName.organisation(other.before()),
                                        hex(certificate.sha256))));
    }

    private void judge(UUID id, Instant now) {
        Watchlist watchlist = Watchlist.findById(id);
        if (watchlist != null) {
            judgeEnds(watchlist, now);
            judgeCanaries(watchlist, now);
        }
    }

    private void judgeEnds(Watchlist watchlist, Instant now) {
        Map<String, List<WatchedName>> ending = new LinkedHashMap<>();
        if (watchlist.expiryDays != null) {
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
        Integer days = watchlist.canaryDays;
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

    private static String subject(UUID watchlist, String what) {
        return watchlist + " " + what;
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
