package dev.vigie.testing;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * BER elements, read in the simplest way that is right: every content is a copy, everything nested
 * is a recursion. What the service's own walker is held against; shares no code with it.
 *
 * @param tag the first byte
 * @param content what is inside; of an indefinite length without the two bytes that end it
 * @param size of the whole element
 */
record PlainDer(int tag, byte[] content, int size) {

    private static final int DEEPEST = 32;

    /**
     * Elements one after the other.
     *
     * @param isWhole whether nothing is left after them
     */
    record Elements(List<PlainDer> list, boolean isWhole) {}

    /** The element that the bytes begin with, if all of it is there. */
    static Optional<PlainDer> first(byte[] bytes) {
        return first(bytes, 1);
    }

    private static Optional<PlainDer> first(byte[] bytes, int depth) {
        int at = 1;
        if (bytes.length > 0 && (bytes[0] & 0x1f) == 0x1f) {
            while (at < bytes.length && bytes[at] < 0) {
                at++;
            }
            at++;
        }
        if (at >= bytes.length) {
            return Optional.empty();
        }
        int tag = bytes[0] & 0xff;
        int length = bytes[at] & 0xff;
        byte[] rest = Arrays.copyOfRange(bytes, at + 1, bytes.length);
        if (length < 0x80) {
            return definite(tag, at + 1, length, rest);
        } else if (length > 0x80) {
            return longLength(tag, at + 1, length & 0x7f, rest);
        }
        return (tag & 0x20) == 0 || depth > DEEPEST
                ? Optional.empty()
                : indefinite(tag, at + 1, rest, depth);
    }

    private static Optional<PlainDer> longLength(int tag, int header, int count, byte[] rest) {
        if (count > rest.length) {
            return Optional.empty();
        }
        String hex = "";
        for (int i = 0; i < count; i++) {
            hex += "%02x".formatted(rest[i]);
        }
        var length = new BigInteger(hex, 16);
        return length.bitLength() > 31
                ? Optional.empty()
                : definite(
                        tag,
                        header + count,
                        length.intValue(),
                        Arrays.copyOfRange(rest, count, rest.length));
    }

    private static Optional<PlainDer> definite(int tag, int header, int length, byte[] rest) {
        return length > rest.length
                ? Optional.empty()
                : Optional.of(new PlainDer(tag, Arrays.copyOf(rest, length), header + length));
    }

    private static Optional<PlainDer> indefinite(int tag, int header, byte[] rest, int depth) {
        int at = 0;
        while (true) {
            byte[] remaining = Arrays.copyOfRange(rest, at, rest.length);
            if (remaining.length >= 2 && remaining[0] == 0 && remaining[1] == 0) {
                return Optional.of(new PlainDer(tag, Arrays.copyOf(rest, at), header + at + 2));
            }
            Optional<PlainDer> child = first(remaining, depth + 1);
            if (child.isEmpty()) {
                return Optional.empty();
            }
            at += child.get().size();
        }
    }

    /** All elements that the bytes consist of. */
    static Elements all(byte[] bytes) {
        List<PlainDer> list = new ArrayList<>();
        byte[] rest = bytes;
        while (rest.length > 0) {
            Optional<PlainDer> next = first(rest);
            if (next.isEmpty()) {
                return new Elements(list, false);
            }
            list.add(next.get());
            rest = Arrays.copyOfRange(rest, next.get().size(), rest.length);
        }
        return new Elements(list, true);
    }

    boolean isConstructed() {
        return (tag & 0x20) != 0;
    }

    Elements children() {
        return all(content);
    }
}
