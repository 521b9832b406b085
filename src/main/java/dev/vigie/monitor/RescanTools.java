package dev.vigie.monitor;

import dev.vigie.ct.EntryRange;
import dev.vigie.ct.client.LogClient;
import dev.vigie.ct.loglist.KnownLog;
import dev.vigie.database.Database;
import dev.vigie.lookback.RescanLease;
import dev.vigie.lookback.RescanQueue;
import dev.vigie.rule.RuleSet;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** What all rescans share. */
@ApplicationScoped
class RescanTools {

    private static final int MOST_KEPT = 8;

    private final RescanConfig config;
    private final RescanQueue queue;
    private final RescanRecorder recorder;
    private final TailingTools tools;
    private final Database database;
    private final Counter entries;
    private final Map<UUID, Compiled> compiled = new ConcurrentHashMap<>();

    RescanTools(
            RescanConfig config,
            RescanQueue queue,
            RescanRecorder recorder,
            TailingTools tools,
            Database database,
            MeterRegistry metrics) {
        this.config = config;
        this.queue = queue;
        this.recorder = recorder;
        this.tools = tools;
        this.database = database;
        this.entries =
                Counter.builder("vigie.rescan.entries")
                        .description("Entries that were searched once more")
                        .register(metrics);
    }

    /** The rules of a rescan, as long as all rules are what they were. */
    private record Compiled(long version, RuleSet rules) {}

    RuleSet rules(UUID rescanId) {
        long version = tools.rules().version();
        Compiled known = compiled.get(rescanId);
        if (known == null || known.version != version) {
            if (compiled.size() >= MOST_KEPT) {
                compiled.clear();
            }
            known = new Compiled(version, queue.rules(rescanId));
            compiled.put(rescanId, known);
        }
        return known.rules;
    }

    BatchReader reader(LogClient client, EntryRange range, long treeSize, RuleSet rules) {
        return tools.reader(client, range, treeSize, rules);
    }

    /** Records, and tells of it; the matches that were not known. */
    List<UUID> record(
            RescanLease lease, KnownLog log, ScannedBatch batch, double entriesPerSecond) {
        Instant leaseUntil = database.now().plus(config.lease());
        List<NewMatch> matches = recorder.record(lease, batch, entriesPerSecond, leaseUntil);
        tools.tell(log, batch, matches);
        entries.increment(batch.range().size());
        return matches.stream().map(NewMatch::id).toList();
    }

    /** The log has proven what these were found in. */
    void prove(List<UUID> matches) {
        queue.prove(matches);
    }
}
