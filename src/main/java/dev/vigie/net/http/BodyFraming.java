package dev.vigie.net.http;

import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where in what comes over a connection the body is, and where it ends. */
sealed interface BodyFraming {

    /**
     * Reads at least one byte of the body; -1 at its end.
     *
     * @param length at least 1
     * @throws EOFException if the connection ended before the body
     */
    int read(byte[] into, int offset, int length) throws IOException;

    /** Whether everything was read, so that what comes next is another answer. */
    boolean isWhole();

    private static int readPart(
            HttpConnection connection, byte[] into, int offset, int length, long left)
            throws IOException {
        int read = connection.read(into, offset, (int) Math.min(length, left));
        if (read < 0) {
            throw new EOFException("the answer is cut short");
        }
        return read;
    }

    /** A body whose length was told. */
    final class OfLength implements BodyFraming {
        private final HttpConnection connection;
        private long left;

        OfLength(HttpConnection connection, long length) {
            this.connection = connection;
            this.left = length;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (left == 0) {
                return -1;
            }
            int read = readPart(connection, into, offset, length, left);
            left -= read;
            return read;
        }

        @Override
        public boolean isWhole() {
            return left == 0;
        }
    }

    /** A body that ends with the connection. */
    record UntilClose(HttpConnection connection) implements BodyFraming {
        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            return connection.read(into, offset, length);
        }

        @Override
        public boolean isWhole() {
            return false;
        }
    }

    /** A body in pieces (RFC 9112 section 7.1). Their extensions and the trailer mean nothing. */
    final class Chunked implements BodyFraming {
        private static final int MAX_SIZE_LINE = 1 << 10;
        private static final int MAX_TRAILER = 1 << 13;
        private static final Pattern SIZE = Pattern.compile("([0-9A-Fa-f]{1,15})[ \t]*(?:;.*)?");

        private final HttpConnection connection;
        private boolean isFirst = true;
        private boolean isWhole;
        private long left;

        Chunked(HttpConnection connection) {
            this.connection = connection;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (left == 0 && !isWhole) {
                nextChunk();
            }
            if (isWhole) {
                return -1;
            }
            int read = readPart(connection, into, offset, length, left);
            left -= read;
            return read;
        }

        private void nextChunk() throws IOException {
            if (!isFirst && !connection.line(MAX_SIZE_LINE).isEmpty()) {
                throw new ProtocolException("a chunk of the answer does not end where it should");
            }
            isFirst = false;
            Matcher size = SIZE.matcher(connection.line(MAX_SIZE_LINE));
            if (!size.matches()) {
                throw new ProtocolException("a chunk of the answer has a length that is none");
            }
            left = Long.parseLong(size.group(1), 16);
            if (left == 0) {
                new HeadReader(connection, MAX_TRAILER).headers();
                isWhole = true;
            }
        }

        @Override
        public boolean isWhole() {
            return isWhole;
        }
    }
}
