package dev.vigie.benchmark;

import dev.vigie.ct.DataTile;
import dev.vigie.ct.EntryBatch;
import dev.vigie.ct.LogMisbehaviorException;
import dev.vigie.rule.RuleSet;
import java.security.cert.CertificateException;
import java.util.ArrayList;
import java.util.List;

/** Speeds against each other, each the best of several tries that take turns. */
public final class SpeedRatios {

    private static final int TRIES = 10;
    private static final int REPEATS = 10;

    private SpeedRatios() {}

    /** The time that an entry takes with so many rules, in times of what it takes with one. */
    public static double rulesAgainstOne(int rules) {
        return ratio(
                BenchmarkRules.set(BenchmarkRules.names(rules)),
                BenchmarkRules.set(BenchmarkRules.names(1)));
    }

    /** The time that an entry takes with so many mixed rules, in times of that with fewer. */
    public static double mixedRules(int many, int few) {
        return ratio(BenchmarkRules.mixedSet(many), BenchmarkRules.mixedSet(few));
    }

    private static double ratio(RuleSet many, RuleSet few) {
        List<EntryBatch> batches = batches();
        EntryWork slow = new EntryWork(many);
        EntryWork fast = new EntryWork(few);
        return ratio(() -> batches.forEach(slow::match), () -> batches.forEach(fast::match));
    }

    private static List<EntryBatch> batches() {
        List<EntryBatch> batches = new ArrayList<>();
        try {
            for (byte[] tile : SampleEntries.tiles(SampleEntries.SIMULATED)) {
                batches.add(DataTile.cut(tile, tile.length, 0, DataTile.WIDTH));
            }
        } catch (LogMisbehaviorException e) {
            throw new IllegalStateException(e);
        }
        return batches;
    }

    /** The time that BouncyCastle takes to find the names, in times of what our walker takes. */
    public static double parserAgainstWalker() {
        var certificates = new CertificateBenchmark();
        try {
            certificates.makeCertificates();
        } catch (CertificateException e) {
            throw new IllegalStateException(e);
        }
        return ratio(certificates::bouncyCastle, certificates::vigie);
    }

    private static double ratio(Runnable slow, Runnable fast) {
        long slowest = Long.MAX_VALUE;
        long fastest = Long.MAX_VALUE;
        for (int i = 0; i < TRIES; i++) {
            slowest = Math.min(slowest, nanos(slow));
            fastest = Math.min(fastest, nanos(fast));
        }
        return (double) slowest / fastest;
    }

    private static long nanos(Runnable work) {
        long start = System.nanoTime();
        for (int i = 0; i < REPEATS; i++) {
            work.run();
        }
        return System.nanoTime() - start;
    }
}
