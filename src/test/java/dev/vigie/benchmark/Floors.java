package dev.vigie.benchmark;

import dev.vigie.ct.EntryBatch;
import dev.vigie.ct.LogMisbehaviorException;
import dev.vigie.ct.loglist.LogProtocol;
import dev.vigie.ct.merkle.CompactRange;
import dev.vigie.ct.merkle.MerkleHasher;
import dev.vigie.hash.Sha256;
import dev.vigie.rule.RuleSet;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What this machine allows at best for reading one simulated log, without service and database. The
 * best of some rounds each.
 *
 * @param page entries in a page of get-entries
 */
public record Floors(URI log, LogProtocol protocol, int entries, int page) {

    /** The first ones warm up both sides: this process and the one that serves. */
    private static final int ROUNDS = 10;

    private static final int CONNECTIONS = 2;
    private static final Pattern STH_ROOT = Pattern.compile("\"sha256_root_hash\":\"([^\"]+)\"");

    /** Takes the answers to some of the requests, one after the other; belongs to one thread. */
    private interface Work {
        void take(RawConnection answer, int number) throws LogMisbehaviorException;
    }

    private interface Round {
        Timing run() throws IOException, InterruptedException, LogMisbehaviorException;
    }

    /** Two connections, all bytes read and dropped. */
    public Timing download() throws Exception {
        List<LogSlice> slices = slices();
        return best(() -> read(slices, CONNECTIONS, () -> (answer, number) -> {}));
    }

    /** SHA-256 of all leaves on one core; reading them does not count. */
    public Timing hashing() throws Exception {
        List<LogSlice> slices = slices();
        return best(() -> {
            var nanos = new AtomicLong();
            read(
                    slices,
                    1,
                    () -> {
                        var unpacking = new Unpacking(protocol);
                        var work = new EntryWork(RuleSet.EMPTY);
                        return (answer, number) -> {
                            EntryBatch batch = unpacking.unpack(answer, slices.get(number));
                            long start = System.nanoTime();
                            work.hash(batch);
                            nanos.addAndGet(System.nanoTime() - start);
                        };
                    });
            return new Timing(entries, nanos.get() / 1e9, nanos.get() / 1e9);
        });
    }

    /**
     * On two threads: read, unpack, hash, walk, match; at the end the root is compared with that of
     * the tree head.
     *
     * @throws IllegalStateException if it is another one
     */
    public Timing bareChain(RuleSet rules) throws Exception {
        List<LogSlice> slices = slices();
        return best(() -> {
            var ranges = new CompactRange[slices.size()];
            long start = System.nanoTime();
            Timing timing =
                    read(
                            slices,
                            CONNECTIONS,
                            () -> {
                                var unpacking = new Unpacking(protocol);
                                var work = new EntryWork(rules);
                                return (answer, number) -> {
                                    EntryBatch batch = unpacking.unpack(answer, slices.get(number));
                                    ranges[number] = work.hash(batch);
                                    work.match(batch);
                                };
                            });
            compareRoot(ranges);
            double seconds = (System.nanoTime() - start) / 1e9;
            return new Timing(entries, seconds, timing.cpuSeconds());
        });
    }

    private List<LogSlice> slices() {
        return LogSlice.of(protocol, entries, page);
    }

    private static Timing best(Round round) throws Exception {
        Timing best = round.run();
        for (int i = 1; i < ROUNDS; i++) {
            best = best.orFaster(round.run());
        }
        return best;
    }

    private Timing read(List<LogSlice> slices, int threads, Callable<Work> works)
            throws InterruptedException {
        var next = new AtomicInteger();
        long start = System.nanoTime();
        long cpu = 0;
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            List<Callable<Long>> readers = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                readers.add(() -> readSome(slices, next, works.call()));
            }
            for (Future<Long> reader : pool.invokeAll(readers)) {
                cpu += reader.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
        return new Timing(entries, (System.nanoTime() - start) / 1e9, cpu / 1e9);
    }

    /** Returns the thread's CPU time in nanoseconds. */
    private long readSome(List<LogSlice> slices, AtomicInteger next, Work work)
            throws IOException, LogMisbehaviorException {
        try (var connection = new RawConnection(log)) {
            for (int i = next.getAndIncrement(); i < slices.size(); i = next.getAndIncrement()) {
                connection.get(slices.get(i).path());
                work.take(connection, i);
            }
        }
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private void compareRoot(CompactRange[] ranges) throws IOException {
        var hasher = new MerkleHasher();
        CompactRange all = CompactRange.startingAt(0);
        for (CompactRange range : ranges) {
            all.append(hasher, range);
        }
        if (!all.root(hasher).equals(signedRoot())) {
            throw new IllegalStateException("the root is not that of the tree head");
        }
    }

    private Sha256 signedRoot() throws IOException {
        try (var connection = new RawConnection(log)) {
            if (protocol == LogProtocol.STATIC) {
                connection.get("checkpoint");
                return Sha256.parseBase64(connection.text().split("\n", -1)[2]);
            }
            connection.get("ct/v1/get-sth");
            Matcher root = STH_ROOT.matcher(connection.text());
            if (!root.find()) {
                throw new IOException("no root in " + connection.text());
            }
            return Sha256.parseBase64(root.group(1));
        }
    }
}
