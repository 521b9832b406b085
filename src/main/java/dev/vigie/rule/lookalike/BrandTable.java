package dev.vigie.rule.lookalike;

import java.util.Arrays;

/**
 * From hashes to numbers of brands, as many as there are for each; immutable. What it answers may
 * be wrong, though rarely, and has to be verified. Most hashes are refused after a look at one
 * word.
 */
final class BrandTable {

    private final HashFilter filter;
    private final int[] prints;
    private final int[] firsts;
    private final int[] brands;

    private BrandTable(long[] entries, int distinct) {
        filter = new HashFilter(distinct);
        int slots = Integer.highestOneBit(distinct + distinct / 2 + 1) * 2;
        prints = new int[slots];
        firsts = new int[slots];
        Arrays.fill(firsts, -1);
        brands = new int[entries.length];
    }

    /** Whether a hash may be there; the answer to almost all is no. */
    boolean mayHold(long hash) {
        return filter.mayHold(hash);
    }

    /** A position among the brands of a hash; -1 if there are none. */
    int first(long hash) {
        int print = print(hash);
        int slot = slot(print);
        while (firsts[slot] >= 0) {
            if (prints[slot] == print) {
                return firsts[slot];
            }
            slot = slot + 1 & prints.length - 1;
        }
        return -1;
    }

    int brand(int position) {
        return brands[position] & Integer.MAX_VALUE;
    }

    /** The next position of the same hash; -1 if there is none. */
    int next(int position) {
        return brands[position] < 0 ? -1 : position + 1;
    }

    private int slot(int print) {
        return print * 0x9e3779b1 >>> 7 & prints.length - 1;
    }

    private static int print(long hash) {
        return (int) (HashFilter.mix(hash) >>> 24);
    }

    /** Gathers what a table is to hold. */
    static final class Builder {

        private long[] entries = new long[64];
        private long[] hashes = new long[64];
        private int size;

        void add(long hash, int brand) {
            if (size == entries.length) {
                entries = Arrays.copyOf(entries, size * 2);
                hashes = Arrays.copyOf(hashes, size * 2);
            }
            hashes[size] = hash;
            entries[size++] = (long) print(hash) << 32 | brand;
        }

        BrandTable build() {
            long[] sorted = Arrays.copyOf(entries, size);
            Arrays.sort(sorted);
            int distinct = 0;
            int kept = 0;
            for (int i = 0; i < size; i++) {
                if (kept > 0 && sorted[i] == sorted[kept - 1]) {
                    continue;
                }
                if (kept == 0 || printOf(sorted[i]) != printOf(sorted[kept - 1])) {
                    distinct++;
                }
                sorted[kept++] = sorted[i];
            }
            var table = new BrandTable(Arrays.copyOf(sorted, kept), distinct);
            for (int i = 0; i < size; i++) {
                table.filter.add(hashes[i]);
            }
            fill(table, sorted, kept);
            return table;
        }

        private static void fill(BrandTable table, long[] sorted, int kept) {
            for (int i = 0; i < kept; i++) {
                boolean isFirst = i == 0 || printOf(sorted[i]) != printOf(sorted[i - 1]);
                boolean isLast = i == kept - 1 || printOf(sorted[i]) != printOf(sorted[i + 1]);
                table.brands[i] = (int) sorted[i] | (isLast ? Integer.MIN_VALUE : 0);
                if (isFirst) {
                    int slot = table.slot(printOf(sorted[i]));
                    while (table.firsts[slot] >= 0) {
                        slot = slot + 1 & table.prints.length - 1;
                    }
                    table.prints[slot] = printOf(sorted[i]);
                    table.firsts[slot] = i;
                }
            }
        }

        private static int printOf(long entry) {
            return (int) (entry >>> 32);
        }
    }
}
