package dev.vigie.net;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Reads an answer into memory, once, inflated if it is gzip, and never more than it may be. A gzip
 * body has to be whole: one member, right check sum, nothing behind it.
 *
 * <p>The memory may be given back by {@link #release}; who does not leaves it to the collector.
 */
public final class BoundedBody {

    private static final ReadBuffers BUFFERS =
            new ReadBuffers(Math.min(Runtime.getRuntime().maxMemory() / 16, 64 << 20));

    private static final Queue<Inflation> INFLATIONS = new ConcurrentLinkedQueue<>();
    private static final byte[] NOTHING = {};
    private static final int USUAL_INFLATION = 2;

    /** What is said to be longer has to show it. */
    private static final int LARGEST_GUESS = 1 << 22;

    private final int maxBytes;
    private byte[] bytes;
    private int length;

    private BoundedBody(int maxBytes, int expectedBytes) {
        this.maxBytes = maxBytes;
        this.bytes = BUFFERS.take(Math.min(expectedBytes, maxBytes));
    }

    /**
     * Reads to the end.
     *
     * @param expectedBytes a guess, for the first allocation
     * @param maxBytes on the wire, and again after inflating
     */
    public static BoundedBody read(InputStream in, boolean gzip, int expectedBytes, int maxBytes)
            throws IOException {
        int likely = gzip ? Math.min(expectedBytes, 1 << 22) * USUAL_INFLATION : expectedBytes;
        var body = new BoundedBody(maxBytes, Math.min(likely, LARGEST_GUESS));
        try {
            if (gzip) {
                body.inflate(in);
            } else {
                body.copy(in);
            }
            return body;
        } catch (IOException | RuntimeException e) {
            body.release();
            throw e;
        }
    }

    /** Gives the memory back; {@link #buffer} is not to be used any more. */
    public void release() {
        BUFFERS.give(bytes);
        bytes = NOTHING;
        length = 0;
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
            throw new AnswerTooLongException(
                    "the answer is longer than %d bytes".formatted(maxBytes));
        }
        if (length == bytes.length) {
            byte[] longer = BUFFERS.take((int) Math.min(2L * length, maxBytes + 1L));
            System.arraycopy(bytes, 0, longer, 0, length);
            BUFFERS.give(bytes);
            bytes = longer;
        }
    }

    private void inflate(InputStream in) throws IOException {
        Inflation used = INFLATIONS.poll();
        Inflation inflation = used == null ? new Inflation() : used;
        try {
            inflation.start(in, maxBytes);
            inflate(inflation);
        } finally {
            INFLATIONS.add(inflation);
        }
    }

    private void inflate(Inflation wire) throws IOException {
        gzipHeader(wire);
        Inflater inflater = wire.inflater;
        try {
            while (!inflater.finished()) {
                if (inflater.needsInput() && !wire.feed()) {
                    throw new EOFException("the gzip body is cut short");
                }
                int inflated = inflater.inflate(bytes, length, bytes.length - length);
                wire.crc.update(bytes, length, inflated);
                length += inflated;
                if (inflater.needsDictionary()) {
                    throw new IOException("the gzip body is broken");
                }
                makeRoom();
            }
            wire.unread(inflater.getRemaining());
        } catch (DataFormatException e) {
            throw new IOException("the gzip body is broken", e);
        }
        if (wire.int32() != (int) wire.crc.getValue()
                || wire.int32() != length
                || wire.next() >= 0) {
            throw new IOException("the gzip body does not end as it should");
        }
    }

    /** RFC 1952 section 2.3. */
    private static void gzipHeader(Inflation wire) throws IOException {
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

    /** The compressed side; used for one body after the other. */
    private static final class Inflation {
        private final Inflater inflater = new Inflater(true);
        private final CRC32 crc = new CRC32();
        private final byte[] chunk = new byte[1 << 15];
        private InputStream in = InputStream.nullInputStream();
        private int position;
        private int limit;
        private long left;

        void start(InputStream compressed, long maxBytes) {
            inflater.reset();
            crc.reset();
            in = compressed;
            left = maxBytes;
            position = 0;
            limit = 0;
        }

        private boolean fill() throws IOException {
            position = 0;
            limit = Math.max(0, in.read(chunk, 0, chunk.length));
            left -= limit;
            if (left < 0) {
                throw new AnswerTooLongException("the compressed answer is too long");
            }
            return limit > 0;
        }

        boolean feed() throws IOException {
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
