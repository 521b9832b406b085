package dev.vigie.x509;

import java.util.Arrays;

/**
 * Last resort for a certificate that the walker did not understand: reports every run of characters
 * that could be a domain name, in ASCII or UTF-16BE. What it finds is possible, not certain.
 *
 * <p>The byte before a name is often its length, and those after it are tags and lengths of what
 * follows; any of them may happen to be a letter. So each run is reported also without them.
 */
public final class RawNameSearch {

    /** Headers of what follows, such as {@code 0Y0} before a key or {@code 100.} in a subject. */
    private static final int MOST_LETTERS_AFTER = 4;

    private RawNameSearch() {}

    /** Reports everything that may be a name, once or several times. */
    public static void search(byte[] bytes, int offset, int length, NameSink sink) {
        int limit = offset + length;
        int start = offset;
        for (int at = offset; at <= limit; at++) {
            if (at == limit || !isNameByte(bytes[at])) {
                report(bytes, start, at, sink);
                start = at + 1;
            }
        }
        for (int parity = 0; parity < 2; parity++) {
            wide(bytes, offset + parity, limit, sink);
        }
    }

    private static void wide(byte[] bytes, int offset, int limit, NameSink sink) {
        byte[] run = new byte[256];
        int size = 0;
        for (int at = offset; at < limit; at += 2) {
            boolean inName = at + 1 < limit && bytes[at] == 0 && isNameByte(bytes[at + 1]);
            if (inName) {
                if (size == run.length) {
                    run = Arrays.copyOf(run, 2 * size);
                }
                run[size++] = bytes[at + 1];
            } else if (size > 0) {
                report(run, 0, size, sink);
                size = 0;
            }
        }
        report(run, 0, size, sink);
    }

    private static void report(byte[] bytes, int start, int end, NameSink sink) {
        int dot = start;
        while (dot < end && bytes[dot] != '.') {
            dot++;
        }
        if (dot == end) {
            return;
        }
        for (int first = start; first <= start + 1; first++) {
            for (int last = end; last >= end - MOST_LETTERS_AFTER && last - first > 2; last--) {
                sink.dnsName(bytes, first, last - first);
            }
        }
    }

    private static boolean isNameByte(byte b) {
        return b >= 'a' && b <= 'z'
                || b >= 'A' && b <= 'Z'
                || b >= '0' && b <= '9'
                || b == '-'
                || b == '.'
                || b == '_'
                || b == '*';
    }
}
