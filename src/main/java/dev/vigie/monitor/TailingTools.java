package dev.vigie.monitor;

import dev.vigie.ct.EntryBatch;
import dev.vigie.ct.EntryRange;
import dev.vigie.ct.client.LogClient;
import dev.vigie.ct.loglist.KnownLog;
import dev.vigie.database.Database;
import dev.vigie.delivery.DeliveryRelay;
import dev.vigie.dns.InertName;
import dev.vigie.follow.StartAt;
import dev.vigie.follow.StartingPoint;
import dev.vigie.incident.Incidents;
import dev.vigie.logs.LogStatus;
import dev.vigie.logs.LogStatuses;
import dev.vigie.net.Backoff;
import dev.vigie.recent.RecentCertificates;
import dev.vigie.rule.RuleSet;
import dev.vigie.stream.LiveStream;
import dev.vigie.watchlist.RuleSets;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.logging.Log;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What all tailers share. */
@ApplicationScoped
class TailingTools {

    private static final Duration LONGEST_BACKOFF = Duration.ofMinutes(5);
    private static final int MOST_LINES = 20;
    private static final int LOOK_BACK_BYTES = 16 << 20;

    private final MonitorConfig config;
    private final StartingPoint startingPoint;
    private final LogCustodians custodians;
    private final LogStatuses statuses;
    private final RuleSets ruleSets;
    private final RecentCertificates recent;
    private final LiveStream stream;
    private final BatchRecorder recorder;
    private final ProofRecorder proofs;
    private final Incidents incidents;
    private final Database database;
    private final Event<DeliveryRelay.Due> due;
    private final MeterRegistry metrics;
    private final InstantSource clock;
    private final Timer scanTimer;
    private final ReadAhead readAhead = ReadAhead.ofThisProcess();
    private final ReadAhead lookBackAhead = new ReadAhead(LOOK_BACK_BYTES);
    private final Set<String> internalLogs = ConcurrentHashMap.newKeySet();
    private final Queue<BatchScanner> scanners = new ConcurrentLinkedQueue<>();

    TailingTools(
            MonitorConfig config,
            LogCustodians custodians,
            LogStatuses statuses,
            RuleSets ruleSets,
            RecentCertificates recent,
            LiveStream stream,
            BatchRecorder recorder,
            ProofRecorder proofs,
            Incidents incidents,
            Database database,
            Event<DeliveryRelay.Due> due,
            MeterRegistry metrics,
            InstantSource clock) {
        this.config = config;
        this.startingPoint = new StartingPoint(startAt(config.startAt()));
        this.custodians = custodians;
        this.statuses = statuses;
        this.ruleSets = ruleSets;
        this.recent = recent;
        this.stream = stream;
        this.recorder = recorder;
        this.proofs = proofs;
        this.incidents = incidents;
        this.database = database;
        this.due = due;
        this.metrics = metrics;
        this.clock = clock;
        this.scanTimer = metrics.timer("vigie.scan");
        Gauge.builder("vigie.read.ahead.bytes", readAhead, ReadAhead::taken)
                .description("What logs are asked for before it is needed")
                .register(metrics);
    }

    MonitorConfig config() {
        return config;
    }

    private static StartAt startAt(String setting) {
        try {
            return StartAt.parse(setting);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("vigie.monitor.start-at: " + e.getMessage(), e);
        }
    }

    StartingPoint startingPoint() {
        return startingPoint;
    }

    LogCustodians custodians() {
        return custodians;
    }

    LogStatuses statuses() {
        return statuses;
    }

    InstantSource clock() {
        return clock;
    }

    ProofRecorder proofs() {
        return proofs;
    }

    LogIncidents incidents(String logId) {
        return new LogIncidents(logId, incidents, config.healAfter(), clock);
    }

    LogProof proof(LogCustody custody, LogIncidents ofLog) {
        return new LogProof(custody, ofLog, proofs, backoff(), clock);
    }

    PartialTile partialTile() {
        return new PartialTile(config.partialTileDelay(), clock);
    }

    /** Reads and scans entries with the rules of the moment, see {@link BatchReader}. */
    BatchReader reader(String logId, LogClient client, long start, long end, long treeSize) {
        boolean sampled = !internalLogs.contains(logId);
        return new BatchReader(
                client, start, end, treeSize, readAhead, batch -> scan(batch, sampled));
    }

    /**
     * The same for what is new at the end of a log: those who listen get it too, see {@link
     * #stream}.
     */
    BatchReader newReader(String logId, LogClient client, long start, long end, long treeSize) {
        if (internalLogs.contains(logId)) {
            return reader(logId, client, start, end, treeSize);
        }
        return new BatchReader(
                client,
                start,
                end,
                treeSize,
                readAhead,
                batch -> scan(batch, true).with(stream.copy(batch, treeSize)));
    }

    /** Gives a batch of {@link #newReader} to those who listen; waits for nobody. */
    void stream(KnownLog log, ScannedBatch batch) {
        if (!batch.copies().isEmpty()) {
            stream.publish(log, batch.copies(), batch.hitRules());
        }
    }

    /** The service keeps the log for itself: what people are shown of entries is not from it. */
    void noteInternal(String logId) {
        internalLogs.add(logId);
    }

    /**
     * The same with other rules. It reads ahead on an allowance of its own, so that what is new
     * never waits for it.
     */
    BatchReader reader(LogClient client, EntryRange range, long treeSize, RuleSet rules) {
        Queue<BatchScanner> own = new ConcurrentLinkedQueue<>();
        return new BatchReader(
                client,
                range.start(),
                range.end(),
                treeSize,
                lookBackAhead,
                batch -> scan(batch, rules, own, false));
    }

    /** The rules of the moment. */
    RuleSet rules() {
        return ruleSets.current();
    }

    Backoff backoff() {
        return new Backoff(config.retryDelay(), LONGEST_BACKOFF, new SecureRandom());
    }

    /** Has a log's status measured. */
    void watch(KnownLog log, LogStatus status) {
        Gauge.builder("vigie.log.backlog.entries", status, LogStatus::backlog)
                .description("Entries that the log has and that are not yet recorded")
                .tag("log", log.description())
                .register(metrics);
        Gauge.builder(
                        "vigie.log.tree.head.age.seconds",
                        status,
                        s -> s.treeHeadAge(clock.instant()))
                .description("Time since the log signed its newest tree head")
                .tag("log", log.description())
                .register(metrics);
    }

    private ScannedBatch scan(EntryBatch batch, boolean sampled) {
        return scan(batch, ruleSets.current(), scanners, sampled);
    }

    private ScannedBatch scan(
            EntryBatch batch, RuleSet rules, Queue<BatchScanner> from, boolean sampled) {
        BatchScanner idle = from.poll();
        BatchScanner scanner = idle == null ? new BatchScanner(clock, recent.newTap()) : idle;
        try {
            return scanTimer.record(() ->
                    sampled ? scanner.scanAndSample(batch, rules) : scanner.scan(batch, rules));
        } finally {
            from.add(scanner);
        }
    }

    /** Records, and tells of it. */
    void record(KnownLog log, BatchRecorder.Progress progress, ScannedBatch batch) {
        tell(log, batch, recorder.record(progress, batch));
        metrics.counter("vigie.entries", "log", log.description()).increment(batch.range().size());
    }

    /** The same for entries behind the position. */
    void recordAgain(KnownLog log, LogCustody custody, ScannedBatch batch) {
        tell(log, batch, recorder.recordAgain(custody.logId(), custody.epoch(), batch));
    }

    /** Tells of what was found in entries; they are recorded. */
    void tell(KnownLog log, ScannedBatch batch, List<NewMatch> matches) {
        if (!batch.hasFindings()) {
            return;
        }
        database.makeDurable();
        due.fire(new DeliveryRelay.Due());
        for (UnreadableLeaf leaf : batch.unreadable()) {
            Log.debugf(
                    "entry cannot be read log=%s index=%d reason=%s",
                    log.description(), leaf.index(), leaf.reason());
        }
        metrics.counter("vigie.entries.unreadable", "log", log.description())
                .increment(batch.unreadable().size());
        List<NewMatch> ofUsers =
                matches.stream().filter(match -> !match.owner().internal()).toList();
        ofUsers.forEach(this::count);
        ofUsers.stream().limit(MOST_LINES).forEach(match -> tell(log, match));
        if (ofUsers.size() > MOST_LINES) {
            Log.infof("match and %d more log=%s", ofUsers.size() - MOST_LINES, log.description());
        }
    }

    private void count(NewMatch match) {
        metrics.counter(
                        "vigie.matches",
                        "kind",
                        match.owner().kind().name().toLowerCase(Locale.ROOT))
                .increment();
        if (match.isAuthorised()) {
            metrics.counter("vigie.matches.authorised").increment();
        }
    }

    private static void tell(KnownLog log, NewMatch match) {
        Log.infof(
                "%s %s rule=%s watchlist='%s' log=%s index=%d id=%s",
                match.isAuthorised() ? "authorised match" : "match",
                match.hit().names().getFirst(),
                InertName.ofWords(match.owner().pattern()),
                InertName.ofWords(match.owner().watchlist()),
                log.description(),
                match.entry().index(),
                match.id());
    }
}
