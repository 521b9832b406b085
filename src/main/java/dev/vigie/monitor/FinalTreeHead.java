package dev.vigie.monitor;

import dev.vigie.ct.LogMisbehaviorException;
import dev.vigie.ct.SignedTreeHead;
import dev.vigie.ct.TreeHead;
import dev.vigie.ct.client.LogClient;
import dev.vigie.ct.loglist.KnownLog;
import dev.vigie.ct.merkle.MerkleHasher;
import dev.vigie.hash.Sha256;
import dev.vigie.incident.IncidentKind;
import dev.vigie.incident.Observation;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Holds a log that was closed to what the list says of its end. Belongs to one thread. */
final class FinalTreeHead {

    private final LogIncidents incidents;
    private final MerkleHasher hasher = new MerkleHasher();
    private @Nullable TreeHead checked;

    FinalTreeHead(LogIncidents incidents) {
        this.incidents = incidents;
    }

    /** After a look: does the log end where, and as, it was closed? */
    void check(KnownLog log, SignedTreeHead head, LogCustody custody, LogClient client)
            throws IOException, InterruptedException, LogMisbehaviorException {
        TreeHead last = log.finalTreeHead().orElse(null);
        if (last == null || head.size() < last.size()) {
            return;
        }
        if (head.size() > last.size()) {
            incidents.observe(
                    Observation.of(
                            custody.logId(),
                            IncidentKind.READ_ONLY_GROWTH,
                            "The log was closed with %d entries and has %d now."
                                    .formatted(last.size(), head.size()),
                            head.text()));
        }
        if (last.equals(checked) || custody.position().orElse(0) < last.size()) {
            return;
        }
        Sha256 root =
                head.size() == last.size()
                        ? head.head().root()
                        : client.rangeAt(last.size(), head.head()).root(hasher);
        if (!root.equals(last.root())) {
            incidents.observe(
                    Observation.of(
                            custody.logId(),
                            IncidentKind.FINAL_TREE_HEAD_MISMATCH,
                            "The log was closed with the root %s at %d entries, but has signed %s."
                                    .formatted(last.root(), last.size(), root),
                            head.text()));
        } else {
            incidents.close(IncidentKind.FINAL_TREE_HEAD_MISMATCH);
        }
        checked = last;
    }
}
