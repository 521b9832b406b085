package dev.vigie.packaged;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vigie.benchmark.Timing;
import dev.vigie.testing.JvmMemory;
import dev.vigie.testing.PackagedApp;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/** Sends the packaged application back to the beginning of logs and measures its way to the end. */
final class CatchUp implements AutoCloseable {

    private static final Duration LONGEST = Duration.ofMinutes(20);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

    private final PackagedApp app;
    private final int entries;
    private final JvmMemory memory;

    /**
     * One way through one or several logs.
     *
     * @param bytesPerEntry allocated, with all that goes on beside
     */
    record Pass(Timing timing, double bytesPerEntry) {
        @Override
        public String toString() {
            return "%s, %,6.0f bytes an entry".formatted(timing, bytesPerEntry);
        }
    }

    /**
     * Waits until the application is at the end of all logs.
     *
     * @param app runs on an operator's defaults but for the poll interval
     * @param entries in each log
     */
    CatchUp(PackagedApp app, int entries) throws IOException {
        this.app = app;
        this.entries = entries;
        memory = new JvmMemory(app.pid());
        await().atMost(LONGEST).until(() -> !urls().isEmpty() && areRead(urls()));
    }

    /** Bytes of the application's heap that are in use after a collection. */
    long liveHeap() {
        return memory.liveHeap();
    }

    /** What the API says of each log. */
    List<JsonNode> logs() {
        return StreamSupport.stream(app.get("/logs").path("items").spliterator(), false).toList();
    }

    /** Reads the logs at these URLs from the beginning. */
    Pass run(Collection<String> urls) {
        Map<String, Long> beginning = new HashMap<>();
        urls.forEach(url -> beginning.put(url, -1L));
        Duration cpuBefore = cpu();
        long allocatedBefore = memory.allocated();
        Instant start = Instant.now();
        app.put("/state", beginning);
        await().atMost(LONGEST)
                .pollDelay(Duration.ZERO)
                .pollInterval(BETWEEN_LOOKS)
                .until(() -> areRead(urls));
        Duration cpu = cpu().minus(cpuBefore);
        long bytes = memory.allocated() - allocatedBefore;
        long total = (long) entries * urls.size();
        var time = Duration.between(start, lastProgress(urls));
        return new Pass(
                new Timing(total, time.toNanos() / 1e9, cpu.toMillis() / 1e3),
                (double) bytes / total);
    }

    /** Where the logs are. */
    List<String> urls() {
        return logs().stream().map(log -> log.path("url").textValue()).toList();
    }

    /** The state is cheap to ask for; logs of which nothing was processed are not in it. */
    private boolean areRead(Collection<String> urls) {
        JsonNode state = app.get("/state");
        return urls.stream().allMatch(url -> state.path(url).asLong(-1) == entries - 1);
    }

    /** When the last entries were committed, by the application's own clock. */
    private Instant lastProgress(Collection<String> urls) {
        return logs().stream()
                .filter(log -> urls.contains(log.path("url").textValue()))
                .map(log -> Instant.parse(log.path("lastProgress").textValue()))
                .max(Instant::compareTo)
                .orElseThrow();
    }

    private Duration cpu() {
        return ProcessHandle.of(app.pid())
                .flatMap(process -> process.info().totalCpuDuration())
                .orElse(Duration.ZERO);
    }

    @Override
    public void close() throws IOException {
        memory.close();
    }
}
