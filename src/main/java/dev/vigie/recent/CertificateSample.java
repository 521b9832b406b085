package dev.vigie.recent;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A sample of the certificates of the last day, by the clocks of the logs, in bounded memory. All
 * copies of an issuance are one certificate.
 *
 * <p>Whether one belongs to it depends on its key alone: at a rate {@code r} one of {@code 2^r}
 * keys does. If a day's certificates need more memory than there is, the rate is raised and those
 * that no longer belong to it go; those that are older than a day go first. If they need far less,
 * the rate is lowered again. It is also raised while very many come at once.
 *
 * <p>Safe for use by many threads.
 */
final class CertificateSample {

    /** What is older than the newest by more than this is of no interest. */
    static final Duration SPAN = Duration.ofDays(1);

    private static final int SEGMENTS = 16;

    /** To throw away less is not worth moving all the others. */
    private static final int ENOUGH = 14;

    private static final int HIGHEST_RATE = 40;

    /** To read more of them in a second, as when a log is caught up with, costs too much. */
    private static final int MOST_A_SECOND = 500;

    /** Between two steps down. */
    private static final Duration CALM = Duration.ofHours(6);

    private static final int LEAST_BYTES = 1 << 20;

    private final long seed;
    private final int segmentBytes;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Segment> segments = new ArrayDeque<>();
    private volatile long mask;
    private int rate;
    private long rateSince;
    private long newest = Long.MIN_VALUE;
    private long second;
    private int inSecond;

    /** A part of the sample that no longer changes: what lies before {@code end}. */
    record Slice(Segment segment, int end) {}

    /**
     * @param bytes the memory, of which a megabyte is the least; 0 for none
     * @param seed decides which certificates belong to it; nobody should know it
     */
    CertificateSample(long bytes, long seed) {
        this.seed = seed;
        segmentBytes =
                bytes <= 0
                        ? 0
                        : (int) (Math.clamp(bytes, LEAST_BYTES, Integer.MAX_VALUE) / SEGMENTS);
    }

    boolean isOff() {
        return segmentBytes == 0;
    }

    /** Whether a certificate with this key belongs to the sample now. */
    boolean wants(long key) {
        return (spread(key) & mask) == 0;
    }

    private long spread(long key) {
        long hash = key ^ seed;
        hash = (hash ^ hash >>> 33) * 0xff51afd7ed558ccdL;
        hash = (hash ^ hash >>> 33) * 0xc4ceb9fe1a85ec53L;
        return hash ^ hash >>> 33;
    }

    /**
     * A certificate that is {@linkplain #wants wanted} is going to be read.
     *
     * @param now by our own clock, in milliseconds
     */
    void reading(long now) {
        lock.lock();
        try {
            inSecond = now / 1_000 == second ? inSecond + 1 : 1;
            second = now / 1_000;
            if (inSecond > MOST_A_SECOND && rate < HIGHEST_RATE) {
                inSecond = 0;
                sampleAt(rate + 1);
                makeRoom();
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Adds a certificate that is {@linkplain #wants wanted}.
     *
     * @param time when a log took it, in milliseconds
     * @param hash of the TBS, the beginning of it
     */
    void add(long time, long key, long hash, NameBytes names) {
        long known = hash == 0 ? 1 : hash;
        lock.lock();
        try {
            newest = Math.max(newest, time);
            if (time < horizon() || segments.stream().anyMatch(s -> s.contains(known))) {
                return;
            }
            forgetOld();
            if (segments.isEmpty()) {
                segments.addLast(new Segment(rate, segmentBytes));
            }
            // the rate may have been raised since it was asked for
            while (wants(key)
                    && !segments.getLast()
                            .add(time, key, known, names.bytes(), 0, names.length())) {
                makeRoom();
            }
        } finally {
            lock.unlock();
        }
    }

    private long horizon() {
        return newest - SPAN.toMillis();
    }

    private void forgetOld() {
        segments.removeIf(segment -> segment.lastTime() < horizon());
        boolean calm = newest - rateSince >= CALM.toMillis();
        if (rate > 0 && calm && segments.size() <= SEGMENTS / 4) {
            sampleAt(rate - 1);
            segments.addLast(new Segment(rate, segmentBytes));
        }
    }

    private void sampleAt(int newRate) {
        rate = newRate;
        mask = (1L << newRate) - 1;
        rateSince = newest;
    }

    private void makeRoom() {
        if (segments.size() >= SEGMENTS) {
            rewrite();
            while (segments.size() > ENOUGH && rate < HIGHEST_RATE) {
                sampleAt(rate + 1);
                rewrite();
            }
        }
        segments.addLast(new Segment(rate, segmentBytes));
    }

    /** Moves what still belongs to the sample together. Segments that somebody reads stay. */
    private void rewrite() {
        for (int left = segments.size(); left > 0; left--) {
            Segment from = segments.removeFirst();
            int toRate = Math.max(rate, from.rate());
            for (int at = 0; at < from.used(); at = from.next(at)) {
                if (from.time(at) >= horizon() && wants(from.key(at))) {
                    move(from, at, toRate, left);
                }
            }
        }
    }

    /**
     * @param left how many of the segments are not yet rewritten, with the one that is
     */
    private void move(Segment from, int at, int toRate, int left) {
        boolean hasTarget = segments.size() >= left && segments.getLast().rate() == toRate;
        if (!hasTarget || !segments.getLast().add(from, at)) {
            segments.addLast(new Segment(toRate, segmentBytes));
            segments.getLast().add(from, at);
        }
    }

    /** All of it as it is now, the newest first. */
    List<Slice> slices() {
        lock.lock();
        try {
            List<Slice> slices = new ArrayList<>(segments.size());
            segments.descendingIterator().forEachRemaining(s -> slices.add(new Slice(s, s.used())));
            return slices;
        } finally {
            lock.unlock();
        }
    }

    /** How many certificates it has now. */
    int size() {
        lock.lock();
        try {
            return segments.stream().mapToInt(Segment::count).sum();
        } finally {
            lock.unlock();
        }
    }

    /** The memory that it takes now, in bytes. */
    long bytes() {
        lock.lock();
        try {
            return (long) segmentBytes * segments.size();
        } finally {
            lock.unlock();
        }
    }
}
