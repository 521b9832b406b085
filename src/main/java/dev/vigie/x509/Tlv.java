package dev.vigie.x509;

/**
 * One BER element, looked at in place. Used again for one element after the other, so a walk
 * creates no objects. Lengths may be indefinite or longer than needed; they never lead out of the
 * parent.
 */
final class Tlv {

    /** Deeper nesting of indefinite lengths is refused. */
    static final int MAX_DEPTH = 32;

    static final int BOOLEAN = 0x01;
    static final int OCTET_STRING = 0x04;
    static final int OID = 0x06;
    static final int SEQUENCE = 0x30;
    static final int CONSTRUCTED = 0x20;

    /** Two zero bytes; the same in a longer form is an element like others. */
    private static final int END_OF_CONTENTS = 2;

    private int tag;
    private int start;
    private int end;
    private int next;
    private int header;
    private boolean indefinite;

    /**
     * Reads the element at the position.
     *
     * @param limit end of the parent's content
     * @return false if no whole element is there
     */
    boolean read(byte[] der, int at, int limit) {
        header = at;
        if (!readHeader(der, at, limit)) {
            return false;
        }
        if (!indefinite) {
            next = end;
            return true;
        }
        end = endOfContents(der, start, limit);
        next = end + END_OF_CONTENTS;
        return end >= 0;
    }

    private boolean readHeader(byte[] der, int at, int limit) {
        int position = at;
        if (position >= limit) {
            return false;
        }
        tag = der[position++] & 0xff;
        if ((tag & 0x1f) == 0x1f) {
            do {
                if (position >= limit) {
                    return false;
                }
            } while (der[position++] < 0);
        }
        if (position >= limit) {
            return false;
        }
        int first = der[position++] & 0xff;
        indefinite = first == 0x80 && isConstructed();
        long length = first;
        if (first >= 0x80) {
            int bytes = first & 0x7f;
            if (bytes > limit - position || bytes == 0 && !indefinite) {
                return false;
            }
            length = 0;
            for (int i = 0; i < bytes; i++) {
                length = length << 8 | der[position++] & 0xff;
                if (length > Integer.MAX_VALUE) {
                    return false;
                }
            }
        }
        start = position;
        end = (int) (position + length);
        return length <= limit - position;
    }

    /** Position of the end-of-contents bytes that close an element of indefinite length, or -1. */
    private int endOfContents(byte[] der, int from, int limit) {
        int outerTag = tag;
        int outerStart = start;
        int depth = 1;
        int position = from;
        while (readHeader(der, position, limit)) {
            if (tag == 0 && start == end && start == position + END_OF_CONTENTS) {
                if (--depth == 0) {
                    tag = outerTag;
                    start = outerStart;
                    return position;
                }
                position = start;
            } else if (indefinite) {
                if (++depth > MAX_DEPTH) {
                    return -1;
                }
                position = start;
            } else {
                position = end;
            }
        }
        return -1;
    }

    /** First byte of the tag. */
    int tag() {
        return tag;
    }

    boolean isConstructed() {
        return (tag & CONSTRUCTED) != 0;
    }

    /** Where the element itself begins, with its tag. */
    int header() {
        return header;
    }

    /** Where the content begins. */
    int start() {
        return start;
    }

    /** Where the content ends, exclusive. */
    int end() {
        return end;
    }

    int length() {
        return end - start;
    }

    /** Where the next element begins. */
    int next() {
        return next;
    }

    boolean contentEquals(byte[] der, byte[] expected) {
        if (length() != expected.length) {
            return false;
        }
        for (int i = 0; i < expected.length; i++) {
            if (der[start + i] != expected[i]) {
                return false;
            }
        }
        return true;
    }
}
