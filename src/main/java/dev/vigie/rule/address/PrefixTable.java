package dev.vigie.rule.address;

import java.util.List;
import java.util.function.IntConsumer;

/** The ranges whose prefixes have the same length, in order. */
final class PrefixTable {

    private final int bits;
    private final long[] high;
    private final long[] low;
    private final int[] places;

    private PrefixTable(int bits, int size) {
        this.bits = bits;
        high = new long[size];
        low = new long[size];
        places = new int[size];
    }

    /**
     * A table of some of the ranges.
     *
     * @param places of the ranges, in the order of their prefixes as signed numbers
     * @param high the first half of each range's prefix
     * @param low the second half
     */
    static PrefixTable of(int bits, List<Integer> places, long[] high, long[] low) {
        var table = new PrefixTable(bits, places.size());
        for (int i = 0; i < places.size(); i++) {
            int place = places.get(i);
            table.high[i] = high[place];
            table.low[i] = low[place];
            table.places[i] = place;
        }
        return table;
    }

    int bits() {
        return bits;
    }

    /** Calls for each range that an address lies in, and tells how many there are. */
    int search(long addressHigh, long addressLow, IntConsumer sink) {
        long wantedHigh = addressHigh & mask(bits);
        long wantedLow = addressLow & mask(bits - Long.SIZE);
        int from = 0;
        int to = high.length;
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (high[middle] < wantedHigh
                    || high[middle] == wantedHigh && low[middle] < wantedLow) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        int found = from;
        for (;
                found < high.length && high[found] == wantedHigh && low[found] == wantedLow;
                found++) {
            sink.accept(places[found]);
        }
        return found - from;
    }

    /** As many ones, as far as they fit, and then zeros. */
    private static long mask(int ones) {
        return ones <= 0 ? 0 : -1L << Math.max(0, Long.SIZE - ones);
    }
}
