package dev.vigie.monitor;

import dev.vigie.ct.EntryRange;
import dev.vigie.ct.LogMisbehaviorException;
import dev.vigie.ct.client.LogClient;
import dev.vigie.ct.client.Purpose;
import dev.vigie.ct.loglist.KnownLog;
import dev.vigie.ct.merkle.CompactRange;
import dev.vigie.ct.merkle.MerkleHasher;
import dev.vigie.dns.InertName;
import dev.vigie.incident.IncidentKind;
import dev.vigie.incident.Observation;
import dev.vigie.logs.Gap;
import io.quarkus.logging.Log;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Reads the gaps of one log again, in the background and one at a time: never asks before the log
 * has been proven beyond the gap, and never more often than the gap's schedule allows.
 */
final class GapFiller {

    private final LogCustody custody;
    private final LogIncidents incidents;
    private final IssuerKeys issuerKeys = new IssuerKeys();
    private final TailingTools tools;
    private final MerkleHasher hasher = new MerkleHasher();
    private final AtomicBoolean busy = new AtomicBoolean();
    private volatile boolean stopped;

    GapFiller(LogCustody custody, LogIncidents incidents, TailingTools tools) {
        this.custody = custody;
        this.incidents = incidents;
        this.tools = tools;
    }

    /** Tries the next gap that is due, if there is one and none is being tried. */
    void tryNext(KnownLog log, LogClient client) {
        if (!stopped && busy.compareAndSet(false, true)) {
            Thread.ofVirtual()
                    .name("gaps of " + log.description())
                    .start(() -> {
                        try {
                            fill(log, client.asking(Purpose.RECHECK));
                        } catch (RuntimeException e) {
                            Log.warnf(e, "gap could not be read log=%s", log.description());
                        } finally {
                            busy.set(false);
                        }
                    });
        }
    }

    void stop() {
        stopped = true;
    }

    void fill(KnownLog log, LogClient client) {
        Gap gap = tools.proofs().nextGap(custody.logId(), custody.epoch(), LogProof.MILESTONE);
        ProvenHead head = custody.provenHead();
        if (gap == null || head == null || head.size() < gap.endIndex) {
            return;
        }
        EntryRange range = gap.range();
        try {
            CompactRange leaves = client.rangeAt(range.start(), head.head());
            try (var reader =
                    tools.reader(
                            custody.logId(), client, range.start(), range.end(), head.size())) {
                if (!read(log, client, reader, leaves)) {
                    return;
                }
            }
            if (leaves.equals(client.rangeAt(range.end(), head.head()))) {
                tools.proofs().close(custody.logId(), custody.epoch(), range);
                Log.infof("gap is closed log=%s entries=%s", log.description(), range);
            } else {
                keep(gap, Gap.Kind.MISMATCH, "the log gives other entries than it has signed");
                tell(IncidentKind.ROOT_MISMATCH, range, head);
            }
            closeWhatHasPassed();
        } catch (IOException | LogMisbehaviorException e) {
            keep(gap, gap.kind, InertName.of(String.valueOf(e.getMessage())).text());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** False if it was stopped on the way. */
    private boolean read(KnownLog log, LogClient client, BatchReader reader, CompactRange leaves)
            throws IOException, InterruptedException, LogMisbehaviorException {
        while (reader.hasNext()) {
            if (stopped) {
                return false;
            }
            ScannedBatch batch =
                    ScannedBatch.of(
                            List.of(reader.next()), hits -> issuerKeys.complete(hits, client));
            tools.recordAgain(log, custody, batch);
            leaves.append(hasher, batch.leaves());
        }
        return true;
    }

    private void keep(Gap gap, Gap.Kind kind, String reason) {
        tools.proofs().keep(custody.logId(), custody.epoch(), gap.range(), kind, reason);
    }

    private void tell(IncidentKind kind, EntryRange range, ProvenHead head) {
        incidents.observe(
                Observation.of(
                        custody.logId(),
                        kind,
                        "The entries %s, as the log gives them, do not fit the tree that it has"
                                        .formatted(range)
                                + " signed; they were matched all the same.",
                        head.text()));
    }

    private void closeWhatHasPassed() {
        List<Gap> left = tools.proofs().gaps(custody.logId());
        if (left.stream().noneMatch(gap -> gap.kind == Gap.Kind.HOLE)) {
            incidents.close(IncidentKind.HOLE);
        }
        if (left.stream().noneMatch(gap -> gap.kind == Gap.Kind.MISMATCH && gap.attempts > 0)) {
            incidents.close(IncidentKind.ROOT_MISMATCH);
        }
    }
}
