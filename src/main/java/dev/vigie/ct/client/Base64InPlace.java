package dev.vigie.ct.client;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Standard base64 with padding, decoded over itself. */
final class Base64InPlace {

    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    /** What a character is worth in each of the four places; negative if it is none. */
    private static final int[] FIRST = values(18);

    private static final int[] SECOND = values(12);
    private static final int[] THIRD = values(6);
    private static final int[] FOURTH = values(0);

    private Base64InPlace() {}

    /**
     * Decodes {@code [start, end)}; the result begins at {@code start}.
     *
     * @return its length, or -1 if this is not strict base64
     */
    static int decode(byte[] buffer, int start, int end) {
        if ((end - start) % 4 != 0) {
            return -1;
        }
        int padding = 0;
        while (padding < 2 && end - padding > start && buffer[end - padding - 1] == '=') {
            padding++;
        }
        int whole = padding == 0 ? end : end - 4;
        int to = start;
        for (int from = start; from < whole; from += 4) {
            int bits =
                    FIRST[buffer[from] & 0xff]
                            | SECOND[buffer[from + 1] & 0xff]
                            | THIRD[buffer[from + 2] & 0xff]
                            | FOURTH[buffer[from + 3] & 0xff];
            if (bits < 0) {
                return -1;
            }
            INT.set(buffer, to, bits << 8); // the fourth byte has been read already
            to += 3;
        }
        if (padding > 0) {
            int bits = FIRST[buffer[whole] & 0xff] | SECOND[buffer[whole + 1] & 0xff];
            bits |= padding == 1 ? THIRD[buffer[whole + 2] & 0xff] : 0;
            if (bits < 0) {
                return -1;
            }
            buffer[to++] = (byte) (bits >> 16);
            if (padding == 1) {
                buffer[to++] = (byte) (bits >> 8);
            }
        }
        return to - start;
    }

    private static int[] values(int shift) {
        int[] values = new int[256];
        Arrays.fill(values, -1);
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        for (int i = 0; i < alphabet.length(); i++) {
            values[alphabet.charAt(i)] = i << shift;
        }
        return values;
    }
}
