package dev.vigie.monitor;

import dev.vigie.ct.EntryRange;
import dev.vigie.ct.LogMisbehaviorException;
import dev.vigie.ct.TreeHead;
import dev.vigie.ct.client.LogHttp;
import dev.vigie.ct.loglist.KnownLog;
import dev.vigie.database.TimeOrder;
import dev.vigie.incident.Incident;
import dev.vigie.incident.IncidentKind;
import dev.vigie.logs.CoverageRange;
import dev.vigie.logs.CoverageState;
import dev.vigie.logs.FollowedLog;
import dev.vigie.logs.Gap;
import dev.vigie.logs.LogStatus;
import dev.vigie.team.Reach;
import io.quarkus.narayana.jta.QuarkusTransaction;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A log that is looked at when a test says so, by the very code that tailers use. */
final class WatchedLog {

    private final KnownLog log;
    private final LogAccess access;
    private final TailingTools tools;
    private final LogStatus status = new LogStatus();
    private final LogWatch watch;
    private final LogIncidents incidents;
    private LogCustody custody;
    private Lookout lookout;
    private GapFiller gaps;
    private PartialTile partialTile;

    WatchedLog(KnownLog log, LogHttp http, TailingTools tools) {
        this.log = log;
        this.access = new LogAccess(http, log);
        this.tools = tools;
        this.partialTile = tools.partialTile();
        this.watch = new LogWatch(tools.clock().instant());
        this.incidents = tools.incidents(id());
        QuarkusTransaction.requiringNew().run(() -> FollowedLog.note(log, false));
        restart();
    }

    String id() {
        return log.id().toString();
    }

    /** Goes on with what the database knows, as after a crash. */
    void restart() {
        custody = tools.custodians().claim(id()).orElseThrow();
        lookout = new Lookout(custody, status, watch, incidents, partialTile, tools);
        gaps = new GapFiller(custody, incidents, tools);
    }

    /** One look; null, or why it failed. */
    @Nullable String look() throws InterruptedException {
        return look(() -> false);
    }

    /** One look, which may be told to stop on its way. */
    @Nullable String look(BooleanSupplier stopped) throws InterruptedException {
        try {
            lookout.look(log, access.client(), stopped);
            return null;
        } catch (IOException | LogMisbehaviorException e) {
            return String.valueOf(e.getMessage());
        }
    }

    /** Notes what there would be to worry about by then, if nothing happened. */
    void worryAt(Instant time) {
        incidents.are(watch.worries(log, time));
    }

    /** Reads the gap that is due, if one is. */
    void fillGap() {
        gaps.fill(log, access.client());
    }

    /** From now on, its last tile is left alone for so long. */
    void leavePartialTile(Duration delay, InstantSource clock) {
        partialTile = new PartialTile(delay, clock);
        restart();
    }

    /** Makes every gap due. */
    void hurry() {
        QuarkusTransaction.requiringNew()
                .run(() -> Gap.of(id()).forEach(gap -> gap.nextAttemptAt = gap.notedAt));
    }

    Optional<TreeHead> provenHead() {
        return Optional.ofNullable(custody.provenHead()).map(ProvenHead::head);
    }

    long position() {
        return custody.position().orElse(-1);
    }

    long settled() {
        return custody.settled();
    }

    List<EntryRange> gapRanges() {
        return QuarkusTransaction.requiringNew()
                .call(() -> Gap.of(id()).stream().map(Gap::range).toList());
    }

    long count(CoverageState state) {
        return QuarkusTransaction.requiringNew().call(() -> CoverageRange.count(id(), state));
    }

    /** All incidents of the log, open or not. */
    List<Incident> incidents() {
        return QuarkusTransaction.requiringNew()
                .call(() ->
                        Incident.page(
                                Reach.ALL,
                                new Incident.Filter(id(), null, null),
                                TimeOrder.NEWEST,
                                null,
                                500));
    }

    List<IncidentKind> kinds() {
        return incidents().stream().map(incident -> incident.kind).toList();
    }

    List<IncidentKind> open() {
        return incidents().stream()
                .filter(incident -> incident.closedAt == null)
                .map(incident -> incident.kind)
                .toList();
    }

    /** Stops keeping the log. */
    void release() {
        custody.release();
    }
}
