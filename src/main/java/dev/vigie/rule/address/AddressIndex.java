package dev.vigie.rule.address;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntConsumer;

/**
 * Which ranges an address of a certificate lies in. The time for it grows with how many lengths of
 * prefix there are, hardly with the ranges. Immutable, for any number of threads.
 *
 * <p>An IPv4 address is the same as the IPv6 address that stands for it, whichever of the two the
 * rule or the certificate has.
 */
public final class AddressIndex {

    private static final int IPV4 = 4;
    private static final int IPV6 = 16;
    private static final int MAPPED_BITS = 96;

    /** Between the 80 zeros and the IPv4 address that an IPv6 address stands for. */
    private static final long MAPPED = 0xffffL << 32;

    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    private final List<PrefixTable> tables;

    private AddressIndex(List<PrefixTable> tables) {
        this.tables = tables;
    }

    /** An index of ranges, which may overlap and be equal to each other. */
    public static AddressIndex of(List<AddressRange> ranges) {
        Map<Integer, List<Integer>> byBits = new TreeMap<>();
        long[] high = new long[ranges.size()];
        long[] low = new long[ranges.size()];
        for (int i = 0; i < ranges.size(); i++) {
            byte[] first = ranges.get(i).block().first();
            high[i] = high(first, 0, first.length);
            low[i] = low(first, 0, first.length);
            int bits = ranges.get(i).block().bits() + (first.length == IPV4 ? MAPPED_BITS : 0);
            byBits.computeIfAbsent(bits, b -> new ArrayList<>()).add(i);
        }
        List<PrefixTable> tables = new ArrayList<>();
        byBits.forEach((bits, members) -> {
            members.sort(
                    Comparator.<Integer>comparingLong(i -> high[i]).thenComparingLong(i -> low[i]));
            tables.add(PrefixTable.of(bits, members, high, low));
        });
        return new AddressIndex(List.copyOf(tables));
    }

    /**
     * Calls for each range that an address lies in, with its place in the list, once. Creates no
     * object.
     *
     * @param length 4 or 16; of 8 or 32 bytes, an address and its mask as in name constraints, the
     *     address counts; bytes of any other number are no address and lie in no range
     * @return the effort that it took, in units of 50 to 100 ns
     */
    public int search(byte[] address, int offset, int length, IntConsumer sink) {
        int used =
                switch (length) {
                    case IPV4, 2 * IPV4 -> IPV4;
                    case IPV6, 2 * IPV6 -> IPV6;
                    default -> 0;
                };
        if (used == 0) {
            return 1;
        }
        long high = high(address, offset, used);
        long low = low(address, offset, used);
        boolean isIpv4 = high == 0 && (low & ~0xffff_ffffL) == MAPPED;
        int effort = 1;
        for (int i = 0; i < tables.size(); i++) {
            PrefixTable table = tables.get(i);
            // an IPv6 network around all of IPv4 is not about IPv4
            if (!isIpv4 || table.bits() >= MAPPED_BITS) {
                effort += 1 + table.search(high, low, sink);
            }
        }
        return effort;
    }

    private static long high(byte[] address, int offset, int length) {
        return length == IPV4 ? 0 : (long) LONG.get(address, offset);
    }

    private static long low(byte[] address, int offset, int length) {
        return length == IPV4
                ? MAPPED | (int) INT.get(address, offset) & 0xffff_ffffL
                : (long) LONG.get(address, offset + 8);
    }

    /** How many lengths of prefix there are. */
    int tables() {
        return tables.size();
    }
}
