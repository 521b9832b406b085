package dev.vigie.monitor;

import dev.vigie.ct.EntryRange;
import dev.vigie.ct.SignedTreeHead;
import dev.vigie.ct.merkle.CompactRange;
import dev.vigie.logs.LogPosition;
import dev.vigie.logs.RuleSetSpan;
import dev.vigie.rule.RuleSet;
import io.quarkus.narayana.jta.QuarkusTransaction;
import java.time.Instant;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A log that this process has taken, and how far it is read and proven; every write says under
 * which epoch. Belongs to one thread.
 */
final class LogCustody {

    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    private final String logId;
    private final String owner;
    private final long epoch;
    private OptionalLong position = OptionalLong.empty();
    private long settled;
    private @Nullable CompactRange range;
    private volatile @Nullable ProvenHead provenHead;
    private long notedSize = -1;
    private long ruleSetVersion;

    /**
     * @param ruleSetVersion with which the entries before the position were matched
     */
    LogCustody(LogPosition stored, String owner, long ruleSetVersion) {
        this.ruleSetVersion = ruleSetVersion;
        this.logId = stored.logId;
        this.owner = owner;
        this.epoch = stored.epoch;
        if (stored.nextIndex != null) {
            position = OptionalLong.of(stored.nextIndex);
            settled = stored.settledIndex == null ? stored.nextIndex : stored.settledIndex;
            range =
                    stored.rangeHashes == null
                            ? null
                            : CompactRange.of(stored.nextIndex, stored.rangeHashes);
        }
        provenHead = ProvenHead.of(stored);
    }

    String logId() {
        return logId;
    }

    long epoch() {
        return epoch;
    }

    /** First index that is not yet recorded; empty if the log was never reached. */
    OptionalLong position() {
        return position;
    }

    /** Below it everything is proven or stands in a gap. */
    long settled() {
        return settled;
    }

    /** What was recorded since then. */
    EntryRange unsettled() {
        return new EntryRange(settled, position.orElse(settled));
    }

    /** All leaves below the position; null if they are not known to belong to the log's tree. */
    @Nullable CompactRange range() {
        return range;
    }

    /** The newest tree head that our entries fit; may be asked by any thread. */
    @Nullable ProvenHead provenHead() {
        return provenHead;
    }

    /** With which version of the rules the latest entries were matched. */
    long ruleSetVersion() {
        return ruleSetVersion;
    }

    /** The latest entries were, or the next will be, matched with these rules. */
    void matchedWith(long version) {
        ruleSetVersion = version;
    }

    /**
     * Notes that what comes is matched with these rules, or with later ones. Only if nothing is
     * under way.
     */
    void begin(RuleSet rules) {
        if (rules.version() == ruleSetVersion) {
            return;
        }
        QuarkusTransaction.requiringNew()
                .run(() -> {
                    if (!LogPosition.hold(logId, epoch)) {
                        throw stale();
                    }
                    RuleSetSpan.begin(logId, position.orElseThrow(), rules.version());
                });
        ruleSetVersion = rules.version();
    }

    /** A batch was recorded, after which these are the leaves. */
    void advancedTo(long index, @Nullable CompactRange leaves) {
        position = OptionalLong.of(index);
        range = leaves;
    }

    /** Everything below the index is proven or in a gap now; these are the leaves of the tree. */
    void settledAt(long index, @Nullable CompactRange leaves) {
        settled = index;
        range = leaves;
    }

    /** Our entries fit this tree head. */
    void provenBy(SignedTreeHead head) {
        provenHead = ProvenHead.of(head);
    }

    /** Notices when an administrator moved the position or another process took the log over. */
    void check() {
        QuarkusTransaction.requiringNew()
                .run(() -> {
                    LogPosition stored = LogPosition.findById(logId);
                    if (stored == null || stored.epoch != epoch) {
                        throw stale();
                    }
                });
    }

    /** Makes this the log's first position, for a choice that is noted. */
    void begin(long index, String choice) {
        boolean begun =
                QuarkusTransaction.requiringNew()
                        .call(() -> LogPosition.begin(logId, epoch, index, choice));
        if (!begun) {
            throw stale();
        }
        position = OptionalLong.of(index);
        settled = index;
        range = index == 0 ? CompactRange.startingAt(0) : null;
    }

    /** Notes the largest size that the log has shown, for people to see how far behind we are. */
    void noteTreeHead(SignedTreeHead head) {
        if (head.size() <= notedSize) {
            return; // no news, or from a replica that lags behind
        }
        QuarkusTransaction.requiringNew()
                .run(() -> LogPosition.noteTreeHead(logId, epoch, head.size(), storable(head)));
        notedSize = head.size();
    }

    /** When a head says that it was signed, within what databases know. */
    static Instant storable(SignedTreeHead head) {
        return head.time().isAfter(LATEST) ? LATEST : head.time();
    }

    void release() {
        QuarkusTransaction.requiringNew().run(() -> LogPosition.release(logId, owner, epoch));
    }

    StalePositionException stale() {
        return new StalePositionException(logId, unsettled());
    }
}
