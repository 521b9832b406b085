package dev.vigie.recent;

import java.util.Arrays;
import java.util.List;

/**
 * From when the certificates of a sample are, but for a hundredth at either end: a log may show
 * single entries long after it took them.
 *
 * @param certificates how many there are in all
 * @param since milliseconds since 1970
 * @param until milliseconds since 1970
 * @param weight for how many those stand that lie between
 */
record SampleSpan(int certificates, long since, long until, double weight) {

    private static final int END = 100;

    static SampleSpan of(List<CertificateSample.Slice> slices) {
        long[] times = times(slices);
        if (times.length == 0) {
            return new SampleSpan(0, 0, 0, 0);
        }
        Arrays.sort(times);
        int end = times.length / END;
        long since = times[end];
        long until = times[times.length - 1 - end];
        double weight = 0;
        for (CertificateSample.Slice slice : slices) {
            Segment segment = slice.segment();
            for (int at = 0; at < slice.end(); at = segment.next(at)) {
                boolean counts = segment.time(at) >= since && segment.time(at) <= until;
                weight += counts ? weight(segment) : 0;
            }
        }
        return new SampleSpan(times.length, since, until, weight);
    }

    private static long[] times(List<CertificateSample.Slice> slices) {
        int count = 0;
        long[] times = new long[1024];
        for (CertificateSample.Slice slice : slices) {
            Segment segment = slice.segment();
            for (int at = 0; at < slice.end(); at = segment.next(at)) {
                times = count == times.length ? Arrays.copyOf(times, 2 * count) : times;
                times[count++] = segment.time(at);
            }
        }
        return Arrays.copyOf(times, count);
    }

    /** For how many certificates one of a segment stands. */
    static double weight(Segment segment) {
        return Math.scalb(1.0, segment.rate());
    }

    boolean contains(long time) {
        return time >= since && time <= until;
    }

    long millis() {
        return until - since;
    }
}
