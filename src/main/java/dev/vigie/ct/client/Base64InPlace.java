package dev.vigie.ct.client;

import java.util.Arrays;

/** Standard base64 with padding, decoded over itself. */
final class Base64InPlace {

    private static final int[] VALUE = values();

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
                    VALUE[buffer[from] & 0xff] << 18
                            | VALUE[buffer[from + 1] & 0xff] << 12
                            | VALUE[buffer[from + 2] & 0xff] << 6
                            | VALUE[buffer[from + 3] & 0xff];
            if (bits < 0) {
                return -1;
            }
            buffer[to] = (byte) (bits >> 16);
            buffer[to + 1] = (byte) (bits >> 8);
            buffer[to + 2] = (byte) bits;
            to += 3;
        }
        if (padding > 0) {
            int bits = VALUE[buffer[whole] & 0xff] << 18 | VALUE[buffer[whole + 1] & 0xff] << 12;
            bits |= padding == 1 ? VALUE[buffer[whole + 2] & 0xff] << 6 : 0;
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

    private static int[] values() {
        int[] values = new int[256];
        Arrays.fill(values, -1);
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        for (int i = 0; i < alphabet.length(); i++) {
            values[alphabet.charAt(i)] = i;
        }
        return values;
    }
}
