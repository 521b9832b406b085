package dev.vigie.monitor;

import dev.vigie.ct.EntryRange;
import dev.vigie.ct.SignedTreeHead;
import dev.vigie.incident.IncidentKind;
import dev.vigie.incident.Incidents;
import dev.vigie.incident.Observation;
import dev.vigie.logs.Coverage;
import dev.vigie.logs.CoverageState;
import dev.vigie.logs.LogPosition;
import dev.vigie.logs.RuleSetSpan;
import dev.vigie.logs.UnreadableEntry;
import dev.vigie.match.Sighting;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Records a batch: the position, its matches, where they were seen and the deliveries that they
 * cause, together or not at all. The only place where the way of the data enters the database.
 */
@ApplicationScoped
class BatchRecorder {

    private final HitRecorder hits;
    private final ProofRecorder proofs;
    private final Incidents incidents;
    private final InstantSource clock;

    BatchRecorder(
            HitRecorder hits, ProofRecorder proofs, Incidents incidents, InstantSource clock) {
        this.hits = hits;
        this.proofs = proofs;
        this.incidents = incidents;
        this.clock = clock;
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
        List<NewMatch> matches = findings(logId, batch);
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
        return findings(logId, batch);
    }

    private List<NewMatch> findings(String logId, ScannedBatch batch) {
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
        return hits.record(logId, batch, true);
    }
}
