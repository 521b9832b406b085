package dev.vigie.monitor;

import dev.vigie.authorisation.Authorisations;
import dev.vigie.authorisation.Candidate;
import dev.vigie.authorisation.Mark;
import dev.vigie.ct.EntryRange;
import dev.vigie.ct.SignedTreeHead;
import dev.vigie.hash.Sha256;
import dev.vigie.incident.IncidentKind;
import dev.vigie.incident.Incidents;
import dev.vigie.incident.Observation;
import dev.vigie.logs.Coverage;
import dev.vigie.logs.CoverageState;
import dev.vigie.logs.LogPosition;
import dev.vigie.logs.RuleSetSpan;
import dev.vigie.logs.UnreadableEntry;
import dev.vigie.match.Match;
import dev.vigie.match.RegistrableDomains;
import dev.vigie.match.Sighting;
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
import org.jspecify.annotations.Nullable;

/**
 * Records a batch: the position, its matches, where they were seen and the deliveries that they
 * cause, together or not at all. The only place where the way of the data enters the database.
 */
@ApplicationScoped
class BatchRecorder {

    private final AgroalDataSource dataSource;
    private final ProofRecorder proofs;
    private final Incidents incidents;
    private final Authorisations authorisations;
    private final RegistrableDomains domains;
    private final InstantSource clock;

    BatchRecorder(
            AgroalDataSource dataSource,
            ProofRecorder proofs,
            Incidents incidents,
            Authorisations authorisations,
            RegistrableDomains domains,
            InstantSource clock) {
        this.dataSource = dataSource;
        this.proofs = proofs;
        this.incidents = incidents;
        this.authorisations = authorisations;
        this.domains = domains;
        this.clock = clock;
    }

    /**
     * A match that this batch was the first to find.
     *
     * @param registrableDomain of the first name that was hit
     * @param authorisedBy null if it is not expected
     */
    record NewMatch(
            UUID id,
            Hit hit,
            WatchedRules.Owner owner,
            EntryHit entry,
            String registrableDomain,
            @Nullable UUID authorisedBy) {

        boolean isAuthorised() {
            return authorisedBy != null;
        }

        private NewMatch authorisedBy(@Nullable UUID authorisation) {
            return new NewMatch(id, hit, owner, entry, registrableDomain, authorisation);
        }

        private Candidate candidate(Instant now, Set<Mark> marks) {
            return new Candidate(id, owner.watchlistId(), hit.names(), hit.nameCount(), now, marks);
        }
    }

    /**
     * How far the log is after a batch.
     *
     * @param settled below it everything was proven or in a gap before this batch
     * @param ruleSetVersion with which the entries before this batch were matched
     * @param leaves hashes of all leaves up to the batch's end; null if they are not known
     * @param provenBy the tree head that these leaves fit; null if they are not proven by one
     */
    record Progress(
            String logId,
            long epoch,
            long settled,
            long ruleSetVersion,
            byte @Nullable [] leaves,
            @Nullable SignedTreeHead provenBy) {}

    /**
     * Writes the batch and moves the position to its end.
     *
     * @return the matches that were not there before
     * @throws StalePositionException if somebody else moved the position or took the log over
     */
    @Transactional
    List<NewMatch> record(Progress progress, ScannedBatch batch) {
        String logId = progress.logId();
        Instant now = clock.instant();
        var range = batch.range();
        if (!LogPosition.advance(
                logId, progress.epoch(), range.start(), range.end(), progress.leaves(), now)) {
            throw new StalePositionException(logId, range);
        }
        if (batch.ruleSetVersion() != progress.ruleSetVersion()) {
            RuleSetSpan.begin(logId, range.start(), batch.ruleSetVersion());
        }
        boolean proven = progress.provenBy() != null;
        new Coverage(logId)
                .set(
                        range,
                        proven ? CoverageState.PROVEN : CoverageState.UNPROVEN,
                        batch.times().first(),
                        batch.times().last());
        List<NewMatch> matches = findings(logId, batch, now);
        if (proven) {
            proofs.prove(
                    logId,
                    progress.epoch(),
                    new EntryRange(progress.settled(), range.end()),
                    progress.leaves(),
                    progress.provenBy());
        }
        return matches;
    }

    /**
     * Writes what was found in entries that were read once more, or later than those behind them.
     *
     * @throws StalePositionException if somebody else took the log over
     */
    @Transactional
    List<NewMatch> recordAgain(String logId, long epoch, ScannedBatch batch) {
        if (!LogPosition.hold(logId, epoch)) {
            throw new StalePositionException(logId, batch.range());
        }
        // what is there now may be another thing than what was there before
        Sighting.forget(logId, batch.range());
        UnreadableEntry.forget(logId, batch.range());
        var coverage = new Coverage(logId);
        coverage.set(
                batch.range(), CoverageState.UNPROVEN, batch.times().first(), batch.times().last());
        coverage.matchedAgain(batch.range(), batch.ruleSetVersion());
        return findings(logId, batch, clock.instant());
    }

    private List<NewMatch> findings(String logId, ScannedBatch batch, Instant now) {
        if (batch.wrongIndexes() > 0) {
            incidents.observe(
                    Observation.of(
                            logId,
                            IncidentKind.WRONG_LEAF_INDEX,
                            "%d of the entries %s of this static log name another index, or none."
                                    .formatted(batch.wrongIndexes(), batch.range())));
        }
        if (!batch.hasFindings()) {
            return List.of();
        }
        if (!batch.unreadable().isEmpty()) {
            UnreadableLeaf first = batch.unreadable().getFirst();
            incidents.observe(
                    Observation.of(
                            logId,
                            IncidentKind.UNREADABLE_ENTRIES,
                            "Entry %d of this log cannot be read: %s. It was searched byte by byte."
                                    .formatted(first.index(), first.reason())));
        }
        try (Connection connection = dataSource.getConnection()) {
            new FindingTables(connection, now).insertUnreadable(logId, batch.unreadable());
            return recordHits(logId, batch, connection, now, true);
        } catch (SQLException e) {
            throw new IllegalStateException("a batch could not be recorded", e);
        }
    }

    /**
     * Writes the hits alone: what else there is to say of these entries was said when they were
     * first read. Part of the caller's transaction.
     *
     * @param notify whether anybody is told of the matches that were not there before
     */
    @Transactional(Transactional.TxType.MANDATORY)
    List<NewMatch> recordHits(String logId, ScannedBatch batch, boolean notify) {
        if (batch.hits().isEmpty()) {
            return List.of();
        }
        try (Connection connection = dataSource.getConnection()) {
            return recordHits(logId, batch, connection, clock.instant(), notify);
        } catch (SQLException e) {
            throw new IllegalStateException("a batch could not be recorded", e);
        }
    }

    private List<NewMatch> recordHits(
            String logId, ScannedBatch batch, Connection connection, Instant now, boolean notify)
            throws SQLException {
        var tables = new FindingTables(connection, now);
        WatchedRules owners = WatchedRules.load(connection, logId, batch.hits());
        List<EntryHit> entries =
                batch.hits().stream()
                        .filter(entry -> entry.hits().stream().anyMatch(owners::isWatched))
                        .toList();
        tables.insertCertificates(entries);
        List<NewMatch> found = authorise(candidates(entries, owners), entries, now);
        List<NewMatch> added = tables.insertMatches(found, batch.ruleSetVersion());
        tables.insertSightings(logId, entries);
        added.sort(
                Comparator.<NewMatch>comparingLong(match -> match.entry().index())
                        .thenComparing(NewMatch::id));
        if (notify) {
            new NewAlerts(connection, now).write(added, tables);
        }
        return added;
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
