package dev.vigie.net;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Reads an answer into memory, once, inflated if it is gzip, and never more than it may be. A gzip
 * body has to be whole: one member, right check sum, nothing behind it.
 */
public final class BoundedBody {

    private final int maxBytes;
    private byte[] bytes;
    private int length;

    private BoundedBody(int maxBytes, int expectedBytes) {
        this.maxBytes = maxBytes;
        this.bytes = new byte[Math.clamp(expectedBytes, 1 << 13, Math.max(maxBytes, 1 << 13))];
    }

    /**
     * Reads to the end.
     *
     * @param expectedBytes a guess, for the first allocation
     * @param maxBytes on the wire, and again after inflating
     */
    public static BoundedBody read(InputStream in, boolean gzip, int expectedBytes, int maxBytes)
            throws IOException {
        var body = new BoundedBody(maxBytes, Math.min(expectedBytes, 1 << 22));
        if (gzip) {
            body.inflate(new Wire(in, maxBytes));
        } else {
            body.copy(in);
        }
        return body;
    }

    /** The buffer; valid are the first {@link #length} bytes. */
    public byte[] buffer() {
        return bytes;
    }

    public int length() {
        return length;
    }

    /** A copy that is as long as the content. */
    public byte[] toByteArray() {
        return Arrays.copyOf(bytes, length);
    }

    private void copy(InputStream in) throws IOException {
        for (int read = 0; read >= 0; read = in.read(bytes, length, bytes.length - length)) {
            length += read;
            makeRoom();
        }
    }

    private void makeRoom() throws IOException {
        if (length > maxBytes) {
            throw new IOException("the answer is longer than %d bytes".formatted(maxBytes));
        }
        if (length == bytes.length) {
            bytes = Arrays.copyOf(bytes, (int) Math.min(2L * length, maxBytes + 1L));
        }
    }

    private void inflate(Wire wire) throws IOException {
        gzipHeader(wire);
        var inflater = new Inflater(true);
        var crc = new CRC32();
        try {
            while (!inflater.finished()) {
                if (inflater.needsInput() && !wire.feed(inflater)) {
                    throw new EOFException("the gzip body is cut short");
                }
                int inflated = inflater.inflate(bytes, length, bytes.length - length);
                crc.update(bytes, length, inflated);
                length += inflated;
                if (inflater.needsDictionary()) {
                    throw new IOException("the gzip body is broken");
                }
                makeRoom();
            }
            wire.unread(inflater.getRemaining());
        } catch (DataFormatException e) {
            throw new IOException("the gzip body is broken", e);
        } finally {
            inflater.end();
        }
        if (wire.int32() != (int) crc.getValue() || wire.int32() != length || wire.next() >= 0) {
            throw new IOException("the gzip body does not end as it should");
        }
    }

    /** RFC 1952 section 2.3. */
    private static void gzipHeader(Wire wire) throws IOException {
        if (wire.next() != 0x1f || wire.next() != 0x8b || wire.next() != 8) {
            throw new IOException("the body is not gzip although it says so");
        }
        int flags = wire.next();
        wire.skip(6);
        if ((flags & 4) != 0) {
            wire.skip(wire.next() | wire.next() << 8);
        }
        for (int text = Integer.bitCount(flags & 0x18); text > 0; text--) {
            for (int c = wire.next(); c != 0; c = wire.next()) {
                if (c < 0) {
                    throw new EOFException("the gzip body is cut short");
                }
            }
        }
        wire.skip((flags & 2) != 0 ? 2 : 0);
    }

    /** The compressed side. */
    private static final class Wire {
        private final InputStream in;
        private final byte[] chunk = new byte[1 << 14];
        private int position;
        private int limit;
        private long left;

        Wire(InputStream in, long maxBytes) {
            this.in = in;
            this.left = maxBytes;
        }

        private boolean fill() throws IOException {
            position = 0;
            limit = Math.max(0, in.read(chunk, 0, chunk.length));
            left -= limit;
            if (left < 0) {
                throw new IOException("the compressed answer is too long");
            }
            return limit > 0;
        }

        boolean feed(Inflater inflater) throws IOException {
            if (position == limit && !fill()) {
                return false;
            }
            inflater.setInput(chunk, position, limit - position);
            position = limit;
            return true;
        }

        void unread(int count) {
            position -= count;
        }

        int next() throws IOException {
            return position == limit && !fill() ? -1 : chunk[position++] & 0xff;
        }

        int int32() throws IOException {
            return next() | next() << 8 | next() << 16 | next() << 24;
        }

        void skip(int count) throws IOException {
            for (int i = 0; i < count; i++) {
                if (next() < 0) {
                    throw new EOFException("the gzip body is cut short");
                }
            }
        }
    }
}
