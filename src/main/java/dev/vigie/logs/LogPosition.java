package dev.vigie.logs;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.LockModeType;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a log is recorded, and which process may move it on. Who takes a log over raises the
 * epoch; whoever still has the old one can no longer write.
 */
@Entity
@Table(name = "log_position")
public class LogPosition extends PanacheEntityBase {

    @Id public String logId;

    /** First index that is not yet recorded; null until the log was first reached. */
    public @Nullable Long nextIndex;

    /** Where it began, and why there; null until then, and for what began in an early version. */
    public @Nullable Long startIndex;

    public @Nullable String startChoice;
    public long epoch;
    public @Nullable String owner;
    public @Nullable Instant leaseUntil;
    public @Nullable Long treeSize;
    public @Nullable Instant treeHeadAt;
    public @Nullable Instant lastProgress;

    /**
     * Hashes of the complete subtrees below {@link #nextIndex}; null if they are not known to
     * belong to the log's tree.
     */
    public byte @Nullable [] rangeHashes;

    /** Below it every entry is proven or stands in a {@link Gap}; null with {@link #nextIndex}. */
    public @Nullable Long settledIndex;

    public @Nullable Long provenSize;
    public byte @Nullable [] provenRoot;
    public @Nullable Instant provenHeadAt;

    /** The newest tree head that our entries fit, as the log gave it. */
    public @Nullable String provenHead;

    /** Takes a log that is free, ours, or whose owner has not been heard of; false if it is not. */
    public static boolean claim(String logId, String owner, Instant now, Instant leaseUntil) {
        return update(
                        "owner = ?1, epoch = epoch + 1, leaseUntil = ?2"
                                + " where logId = ?3 and (owner is null or owner = ?1 or leaseUntil < ?4)",
                        owner,
                        leaseUntil,
                        logId,
                        now)
                == 1;
    }

    /** Keeps all logs of an owner for longer. */
    public static void renew(String owner, Instant leaseUntil) {
        update("leaseUntil = ?1 where owner = ?2", leaseUntil, owner);
    }

    /** Lets a log go. */
    public static void release(String logId, String owner, long epoch) {
        update(
                "owner = null, leaseUntil = null where logId = ?1 and owner = ?2 and epoch = ?3",
                logId,
                owner,
                epoch);
    }

    /**
     * Sets the first position of a log that has none; false if somebody did or took over.
     *
     * @param choice what made it that index, as people say it
     */
    public static boolean begin(String logId, long epoch, long index, String choice) {
        return update(
                        "nextIndex = ?1, settledIndex = ?1, startIndex = ?1, startChoice = ?2"
                                + " where logId = ?3 and epoch = ?4 and nextIndex is null",
                        index,
                        choice,
                        logId,
                        epoch)
                == 1;
    }

    /**
     * Moves the position; false if another worker moved it first or took the log over.
     *
     * @param rangeHashes of what is below the new position; null if they are not known
     */
    public static boolean advance(
            String logId,
            long epoch,
            long from,
            long to,
            byte @Nullable [] rangeHashes,
            Instant now) {
        return update(
                        "nextIndex = ?1, rangeHashes = ?2, lastProgress = ?3"
                                + " where logId = ?4 and nextIndex = ?5 and epoch = ?6",
                        to,
                        rangeHashes,
                        now,
                        logId,
                        from,
                        epoch)
                == 1;
    }

    /** Everything below the index is now proven or in a gap. False if the log was taken over. */
    public static boolean settle(
            String logId, long epoch, long index, byte @Nullable [] rangeHashes) {
        return update(
                        "settledIndex = ?1, rangeHashes = ?2 where logId = ?3 and epoch = ?4",
                        index,
                        rangeHashes,
                        logId,
                        epoch)
                == 1;
    }

    /** Notes the newest tree head that our entries fit. */
    public static void proven(
            String logId, long epoch, long size, byte[] root, Instant signedAt, String head) {
        update(
                "provenSize = ?1, provenRoot = ?2, provenHeadAt = ?3, provenHead = ?4"
                        + " where logId = ?5 and epoch = ?6",
                size,
                root,
                signedAt,
                head,
                logId,
                epoch);
    }

    /**
     * Locks the log's row until the transaction ends, so that nobody else writes about it; false if
     * the log was taken over.
     */
    public static boolean hold(String logId, long epoch) {
        return update("epoch = epoch where logId = ?1 and epoch = ?2", logId, epoch) == 1;
    }

    /** Notes the tree head that was seen last. */
    public static void noteTreeHead(String logId, long epoch, long size, Instant signedAt) {
        update(
                "treeSize = ?1, treeHeadAt = ?2 where logId = ?3 and epoch = ?4",
                size,
                signedAt,
                logId,
                epoch);
    }

    /** An administrator's word: goes on from here, whoever has the log now. */
    public static void moveTo(String logId, long index) {
        LogPosition position = findById(logId, LockModeType.PESSIMISTIC_WRITE);
        if (position != null && position.nextIndex != null) {
            RuleSetSpan.move(logId, position.nextIndex, index);
        }
        update(
                "nextIndex = ?1, settledIndex = ?1, rangeHashes = null, epoch = epoch + 1"
                        + " where logId = ?2",
                index,
                logId);
    }
}
