package dev.vigie.monitor;

import dev.vigie.authorisation.Authorisations;
import dev.vigie.authorisation.Mark;
import dev.vigie.hash.Sha256;
import dev.vigie.match.Match;
import dev.vigie.match.RegistrableDomains;
import dev.vigie.rule.Hit;
import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Records what met a rule: certificates, matches, where they were seen, and the alerts that they
 * cause, unless they are expected. Part of the transaction that records the entries.
 */
@ApplicationScoped
@Transactional(Transactional.TxType.MANDATORY)
class HitRecorder {

    private final AgroalDataSource dataSource;
    private final Authorisations authorisations;
    private final RegistrableDomains domains;
    private final InstantSource clock;

    HitRecorder(
            AgroalDataSource dataSource,
            Authorisations authorisations,
            RegistrableDomains domains,
            InstantSource clock) {
        this.dataSource = dataSource;
        this.authorisations = authorisations;
        this.domains = domains;
        this.clock = clock;
    }

    /**
     * Writes what there is of a batch, and what of it could not be read.
     *
     * @param notify whether anybody is told of the matches that were not there before
     * @return those matches
     */
    List<NewMatch> record(String logId, ScannedBatch batch, boolean notify) {
        if (!batch.hasFindings()) {
            return List.of();
        }
        Instant now = clock.instant();
        try (Connection connection = dataSource.getConnection()) {
            var tables = new FindingTables(connection, now);
            tables.insertUnreadable(logId, batch.unreadable());
            WatchedRules owners = WatchedRules.load(connection, logId, batch.hits());
            List<EntryHit> entries =
                    batch.hits().stream()
                            .filter(entry -> entry.hits().stream().anyMatch(owners::isWatched))
                            .toList();
            tables.insertCertificates(entries);
            List<NewMatch> found = authorise(candidates(entries, owners), entries, now);
            List<NewMatch> added = tables.insertMatches(found, batch.ruleSetVersion(), notify);
            tables.insertSightings(logId, entries);
            added.sort(
                    Comparator.<NewMatch>comparingLong(match -> match.entry().index())
                            .thenComparing(NewMatch::id));
            if (notify) {
                new NewAlerts(connection, now).write(added, tables);
            }
            return added;
        } catch (SQLException e) {
            throw new IllegalStateException("a batch could not be recorded", e);
        }
    }

    private List<NewMatch> candidates(List<EntryHit> entries, WatchedRules owners) {
        // in the same order in every process, so that two that find the same do not deadlock
        Map<UUID, NewMatch> candidates = new TreeMap<>();
        for (EntryHit entry : entries) {
            for (Hit hit : entry.hits()) {
                if (owners.isWatched(hit)) {
                    UUID id = Match.idOf(hit.ruleId(), entry.certificate().tbsSha256());
                    String domain = domains.of(hit.names().getFirst());
                    candidates.putIfAbsent(
                            id, new NewMatch(id, hit, owners.of(hit), entry, domain, null));
                }
            }
        }
        return List.copyOf(candidates.values());
    }

    /** The same, with what of it is expected. */
    private List<NewMatch> authorise(List<NewMatch> matches, List<EntryHit> entries, Instant now) {
        Map<Sha256, Set<Mark>> marks = new HashMap<>();
        for (EntryHit entry : entries) {
            marks.computeIfAbsent(entry.certificate().tbsSha256(), t -> new HashSet<>())
                    .addAll(Mark.of(entry.certificate()));
        }
        Map<UUID, UUID> covering =
                authorisations.covering(
                        matches.stream()
                                .map(match ->
                                        match.candidate(
                                                now,
                                                marks.getOrDefault(
                                                        match.entry().certificate().tbsSha256(),
                                                        Set.of())))
                                .toList());
        return covering.isEmpty()
                ? matches
                : matches.stream().map(m -> m.authorisedBy(covering.get(m.id()))).toList();
    }
}
