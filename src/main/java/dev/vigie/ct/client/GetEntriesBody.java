package dev.vigie.ct.client;

import dev.vigie.ct.EntryBatch;
import dev.vigie.ct.LogMisbehaviorException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Reads the body of get-entries where it lies: leaves are decoded from base64 in place, so that a
 * page is in memory once. Strict JSON but for members that it does not know, which are stepped
 * over.
 */
final class GetEntriesBody {

    private static final byte[] ENTRIES = ascii("entries");
    private static final byte[] LEAF_INPUT = ascii("leaf_input");
    private static final byte[] EXTRA_DATA = ascii("extra_data");
    private static final int MAX_DEPTH = 32;

    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long EACH = 0x0101010101010101L;
    private static final long HIGHEST = 0x8080808080808080L;

    private final byte[] json;
    private final int length;
    private final int most;
    private final EntryBatch batch;
    private int position;
    private int stringStart;
    private int stringEnd;
    private int leafOffset;
    private int leafLength;
    private int extraOffset;
    private int extraLength;
    private boolean seenEntries;

    private GetEntriesBody(byte[] json, int length, long start, int most) {
        this.json = json;
        this.length = length;
        this.most = most;
        this.batch = new EntryBatch(EntryBatch.Form.LEAF_INPUT, start, json, most);
    }

    /**
     * Cuts the first {@code length} bytes of the buffer into entries; the buffer is written to.
     *
     * @param most how many entries were asked for; more are refused
     */
    static EntryBatch cut(byte[] buffer, int length, long start, int most)
            throws LogMisbehaviorException {
        var body = new GetEntriesBody(buffer, length, start, most);
        body.object(body::topLevelMember);
        if (body.peek() >= 0) {
            throw body.malformed("something follows the object");
        }
        if (!body.seenEntries) {
            throw body.malformed("there is no member entries");
        }
        return body.batch;
    }

    private interface Member {
        void read() throws LogMisbehaviorException;
    }

    private void object(Member member) throws LogMisbehaviorException {
        expect('{');
        if (peek() == '}') {
            position++;
            return;
        }
        do {
            string();
            member.read();
        } while (more('}'));
    }

    private void topLevelMember() throws LogMisbehaviorException {
        if (!isKey(ENTRIES)) {
            expect(':');
            skipValue();
            return;
        }
        if (seenEntries) {
            throw malformed("there are two members entries");
        }
        seenEntries = true;
        expect(':');
        expect('[');
        if (peek() == ']') {
            position++;
            return;
        }
        do {
            entry();
        } while (more(']'));
    }

    private void entry() throws LogMisbehaviorException {
        if (batch.size() == most) {
            throw malformed("there are more entries than asked for");
        }
        leafOffset = -1;
        extraLength = 0;
        object(this::entryMember);
        if (leafOffset < 0) {
            throw malformed("an entry has no leaf_input");
        }
        batch.add(leafOffset, leafLength, extraOffset, extraLength);
    }

    private void entryMember() throws LogMisbehaviorException {
        boolean leaf = isKey(LEAF_INPUT);
        boolean extra = isKey(EXTRA_DATA);
        expect(':');
        if (!leaf && !extra) {
            skipValue();
            return;
        }
        string();
        if (leaf) {
            if (leafOffset >= 0) {
                throw malformed("an entry has two leaf_inputs");
            }
            leafOffset = stringStart;
            // a leaf that is not base64 costs this entry alone: it has no bytes
            leafLength = Math.max(0, Base64InPlace.decode(json, stringStart, stringEnd));
        } else {
            extraOffset = stringStart;
            extraLength = stringEnd - stringStart;
        }
    }

    private boolean isKey(byte[] key) {
        if (stringEnd - stringStart != key.length) {
            return false;
        }
        for (int i = 0; i < key.length; i++) {
            if (json[stringStart + i] != key[i]) {
                return false;
            }
        }
        return true;
    }

    /** Steps over a string and unescapes it in place. */
    private void string() throws LogMisbehaviorException {
        expect('"');
        stringStart = position;
        position = endOfPlainText(position);
        int to = position;
        while (position < length) {
            byte c = json[position++];
            if (c == '"') {
                stringEnd = to;
                return;
            }
            if (c == '\\') {
                c = escaped();
            } else if (c >= 0 && c < ' ') {
                throw malformed("a control character in a string");
            }
            if (to != position - 1) {
                json[to] = c;
            }
            to++;
        }
        throw malformed("a string does not end");
    }

    /** Where the next quote, backslash or control character is: eight bytes at a time. */
    private int endOfPlainText(int from) {
        int at = from;
        while (at + Long.BYTES <= length) {
            long bytes = (long) LONG.get(json, at);
            long quotes = bytes ^ EACH * '"';
            long backslashes = bytes ^ EACH * '\\';
            // the lowest of the highest bits that are left is right, those above it may not be
            long special =
                    HIGHEST
                            & ((quotes - EACH) & ~quotes
                                    | (backslashes - EACH) & ~backslashes
                                    | (bytes - EACH * ' ') & ~bytes);
            if (special != 0) {
                return at + Long.numberOfTrailingZeros(special) / Byte.SIZE;
            }
            at += Long.BYTES;
        }
        return at;
    }

    /** What is not ASCII becomes a character that base64 does not have. */
    private byte escaped() throws LogMisbehaviorException {
        int c = position < length ? json[position++] : -1;
        if (c != 'u') {
            if (c < 0 || "\"\\/bfnrt".indexOf(c) < 0) {
                throw malformed("an unknown escape in a string");
            }
            return (byte) (c == '/' || c == '"' || c == '\\' ? c : ' ');
        }
        int code = 0;
        for (int i = 0; i < 4; i++) {
            int digit = position < length ? Character.digit(json[position++], 16) : -1;
            if (digit < 0) {
                throw malformed("an unknown escape in a string");
            }
            code = code << 4 | digit;
        }
        return (byte) (code < 0x80 ? code : ' ');
    }

    private void skipValue() throws LogMisbehaviorException {
        int depth = 0;
        do {
            int c = peek();
            switch (c) {
                case '"' -> string();
                case '{', '[' -> {
                    position++;
                    if (++depth > MAX_DEPTH) {
                        throw malformed("it is nested too deeply");
                    }
                }
                case '}', ']' -> {
                    position++;
                    depth--;
                }
                case -1 -> throw malformed("it ends too early");
                case ',', ':' -> {
                    if (depth == 0) {
                        throw malformed("a value is missing");
                    }
                    position++;
                }
                default -> literal();
            }
        } while (depth > 0);
        if (depth < 0) {
            throw malformed("a value is missing");
        }
    }

    private void literal() throws LogMisbehaviorException {
        int start = position;
        while (position < length && isLiteral(json[position])) {
            position++;
        }
        if (position == start) {
            throw malformed("an unexpected character");
        }
    }

    private static boolean isLiteral(byte c) {
        return c >= '0' && c <= '9'
                || c >= 'a' && c <= 'z'
                || c == '-'
                || c == '+'
                || c == '.'
                || c == 'E';
    }

    private boolean more(char closing) throws LogMisbehaviorException {
        int c = peek();
        position++;
        if (c != ',' && c != closing) {
            throw malformed("',' or '%c' is missing".formatted(closing));
        }
        return c == ',';
    }

    private void expect(char c) throws LogMisbehaviorException {
        if (peek() != c) {
            throw malformed("'%c' is missing".formatted(c));
        }
        position++;
    }

    private int peek() {
        while (position < length) {
            byte c = json[position];
            if (c != ' ' && c != '\n' && c != '\r' && c != '\t') {
                return c & 0xff;
            }
            position++;
        }
        return -1;
    }

    private LogMisbehaviorException malformed(String what) {
        return new LogMisbehaviorException(
                "the answer to get-entries is not what it should be, near byte %d: %s"
                        .formatted(position, what));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
