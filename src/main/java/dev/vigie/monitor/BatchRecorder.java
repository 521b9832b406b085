package dev.vigie.monitor;

import dev.vigie.ct.EntryRange;
import dev.vigie.ct.SignedTreeHead;
import dev.vigie.delivery.AlertMessage;
import dev.vigie.delivery.DeliveryStatus;
import dev.vigie.incident.IncidentKind;
import dev.vigie.incident.Incidents;
import dev.vigie.incident.Observation;
import dev.vigie.logs.Coverage;
import dev.vigie.logs.CoverageState;
import dev.vigie.logs.LogPosition;
import dev.vigie.logs.RuleSetSpan;
import dev.vigie.logs.UnreadableEntry;
import dev.vigie.match.Match;
import dev.vigie.match.MatchStatus;
import dev.vigie.match.NameBasedId;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    private final InstantSource clock;

    BatchRecorder(
            AgroalDataSource dataSource,
            ProofRecorder proofs,
            Incidents incidents,
            InstantSource clock) {
        this.dataSource = dataSource;
        this.proofs = proofs;
        this.incidents = incidents;
        this.clock = clock;
    }

    /** A match that this batch was the first to find. */
    record NewMatch(UUID id, Hit hit, WatchedRules.Owner owner, EntryHit entry) {}

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
            var tables = new FindingTables(connection, now);
            tables.insertUnreadable(logId, batch.unreadable());
            return recordHits(logId, batch, connection, tables, true);
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
            var tables = new FindingTables(connection, clock.instant());
            return recordHits(logId, batch, connection, tables, notify);
        } catch (SQLException e) {
            throw new IllegalStateException("a batch could not be recorded", e);
        }
    }

    private List<NewMatch> recordHits(
            String logId,
            ScannedBatch batch,
            Connection connection,
            FindingTables tables,
            boolean notify)
            throws SQLException {
        WatchedRules owners = WatchedRules.load(connection, logId, batch.hits());
        List<EntryHit> entries =
                batch.hits().stream()
                        .filter(entry -> entry.hits().stream().anyMatch(owners::isWatched))
                        .toList();
        tables.insertCertificates(entries);
        // in the same order in every process, so that two that find the same do not deadlock
        Map<UUID, NewMatch> candidates = new TreeMap<>();
        for (EntryHit entry : entries) {
            for (Hit hit : entry.hits()) {
                if (owners.isWatched(hit)) {
                    UUID id = Match.idOf(hit.ruleId(), entry.certificate().tbsSha256());
                    candidates.putIfAbsent(id, new NewMatch(id, hit, owners.of(hit), entry));
                }
            }
        }
        List<NewMatch> added =
                tables.insertMatches(
                        List.copyOf(candidates.values()), batch.ruleSetVersion(), MatchStatus.NEW);
        tables.insertSightings(logId, entries);
        if (notify) {
            tables.insertDeliveries(deliveries(added));
        }
        added.sort(Comparator.comparingLong(match -> match.entry().index()));
        return added;
    }

    private static Map<UUID, FindingTables.NewDelivery> deliveries(List<NewMatch> matches) {
        Map<UUID, FindingTables.NewDelivery> deliveries = new LinkedHashMap<>();
        for (NewMatch match : matches) {
            for (UUID channel : match.owner().channels()) {
                deliveries.put(
                        NameBasedId.of(match.id(), channel),
                        new FindingTables.NewDelivery(
                                match.id(),
                                channel,
                                AlertMessage.MATCH_CREATED,
                                DeliveryStatus.PENDING));
            }
        }
        return deliveries;
    }
}
