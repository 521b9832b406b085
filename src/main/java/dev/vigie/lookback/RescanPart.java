package dev.vigie.lookback;

import dev.vigie.ct.EntryRange;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.LockMode;
import org.hibernate.Session;
import org.hibernate.annotations.DynamicUpdate;
import org.jspecify.annotations.Nullable;

/**
 * What of one log is searched once more, and how far that is. Whoever reads it holds a lease with a
 * token; a token that has lapsed, or whose rescan was stopped, can record nothing any more.
 */
@Entity
@DynamicUpdate
@Table(name = "rescan_part")
@IdClass(RescanPart.Key.class)
class RescanPart extends PanacheEntityBase {

    /** Which part of which rescan. */
    record Key(UUID rescanId, String logId) {}

    private static final String HELD =
            " where rescanId = :rescan and logId = :log and leaseToken = :token and rescanId in"
                    + " (select r.id from Rescan r where r.state = RUNNING)";

    @Id UUID rescanId;
    @Id String logId;

    @Enumerated(EnumType.STRING)
    RescanState state;

    @Nullable Long startIndex;
    @Nullable Long endIndex;

    /** Below it the range is done; null until it is known where the range lies. */
    @Nullable Long nextIndex;

    /** Whether it ends where the tail has taken over with these rules. */
    boolean upToTail;

    long matches;
    double entriesPerSecond;
    int failures;
    @Nullable String error;
    Instant dueAt;
    @Nullable Instant leaseUntil;
    @Nullable UUID leaseToken;

    /** What there is to read: from the next index to the end. */
    void plan(EntryRange range) {
        startIndex = range.start();
        nextIndex = range.start();
        endIndex = range.end();
    }

    /** The part that has waited longest, in a log of which no other is being read. */
    static Optional<RescanPart> claim(UUID token, Instant now, Instant leaseUntil) {
        List<RescanPart> claimed =
                getEntityManager()
                        .unwrap(Session.class)
                        .createSelectionQuery(
                                "from RescanPart p where p.state = RUNNING and p.dueAt <= :now"
                                        + " and p.rescanId in (select r.id from Rescan r"
                                        + " where r.state = RUNNING)"
                                        + " and p.logId not in (select o.logId from RescanPart o"
                                        + " where o.leaseUntil > :now)"
                                        + " order by p.dueAt, p.rescanId, p.logId",
                                RescanPart.class)
                        .setParameter("now", now)
                        .setMaxResults(1)
                        .setHibernateLockMode(LockMode.UPGRADE_SKIPLOCKED)
                        .list();
        for (RescanPart part : claimed) {
            part.leaseToken = token;
            part.leaseUntil = leaseUntil;
        }
        return claimed.stream().findFirst();
    }

    /** Moves on; false if the lease is lost. */
    static boolean advance(
            RescanLease lease, EntryRange done, double entriesPerSecond, Instant leaseUntil) {
        return getEntityManager()
                        .createQuery(
                                "update RescanPart set nextIndex = :end, entriesPerSecond = :rate,"
                                        + " leaseUntil = :until, failures = 0, error = null"
                                        + HELD
                                        + " and nextIndex = :start")
                        .setParameter("rescan", lease.rescanId())
                        .setParameter("log", lease.logId())
                        .setParameter("token", lease.token())
                        .setParameter("start", done.start())
                        .setParameter("end", done.end())
                        .setParameter("rate", entriesPerSecond)
                        .setParameter("until", leaseUntil)
                        .executeUpdate()
                == 1;
    }

    /** Counts matches that the holder of the row has found. */
    static void found(RescanLease lease, int more) {
        update(
                "matches = matches + ?1 where rescanId = ?2 and logId = ?3",
                more,
                lease.rescanId(),
                lease.logId());
    }

    /** The row, held until the transaction ends, if the lease is not lost. */
    static Optional<RescanPart> held(RescanLease lease) {
        return getEntityManager()
                .unwrap(Session.class)
                .createSelectionQuery("from RescanPart" + HELD, RescanPart.class)
                .setParameter("rescan", lease.rescanId())
                .setParameter("log", lease.logId())
                .setParameter("token", lease.token())
                .setHibernateLockMode(LockMode.PESSIMISTIC_WRITE)
                .list()
                .stream()
                .findFirst();
    }

    void letGo(Instant due) {
        leaseToken = null;
        leaseUntil = null;
        entriesPerSecond = 0;
        dueAt = due;
    }

    /** Nobody reads for this rescan any more. */
    static void endLeases(UUID rescanId) {
        update(
                "leaseToken = null, leaseUntil = null, entriesPerSecond = 0 where rescanId = ?1",
                rescanId);
    }

    /** What had failed is tried again, at once. */
    static void tryAgain(UUID rescanId, Instant now) {
        update(
                "state = ?1, failures = 0, error = null where rescanId = ?2 and state = ?3",
                RescanState.RUNNING,
                rescanId,
                RescanState.FAILED);
        update("dueAt = ?1 where rescanId = ?2 and state = ?3", now, rescanId, RescanState.RUNNING);
    }

    static void endAllLeases() {
        update("leaseToken = null, leaseUntil = null where leaseUntil is not null");
    }

    /** What of it is done. */
    Optional<EntryRange> searched() {
        return startIndex == null || nextIndex == null
                ? Optional.empty()
                : Optional.of(new EntryRange(startIndex, nextIndex));
    }

    static List<RescanPart> of(UUID rescanId) {
        return list("rescanId = ?1 order by logId", rescanId);
    }

    /** What was searched for a rule as it is now, by all rescans. */
    static List<RescanPart> searchedFor(UUID ruleId, long sinceVersion) {
        return list(
                "nextIndex > startIndex and rescanId in (select o.rescanId from RescanRule o"
                        + " where o.ruleId = ?1 and o.sinceVersion = ?2)",
                ruleId,
                sinceVersion);
    }
}
