package dev.vigie.net.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ProtocolException;
import java.net.Socket;
import java.net.SocketTimeoutException;

/**
 * A connection, and what has come over it without having been read. Belongs to one request at a
 * time.
 */
final class HttpConnection implements AutoCloseable {

    /** For headers, and for what came with them. */
    private static final int BUFFER = 1 << 14;

    /** Smaller reads go through the buffer. */
    private static final int LARGE_READ = 1 << 11;

    private final HttpOrigin origin;
    private final Socket tcp;
    private final InputStream in;
    private final OutputStream out;
    private final OpenSockets sockets;
    private final long openedAt = System.nanoTime();
    private final byte[] buffer = new byte[BUFFER];
    private int position;
    private int limit;
    private long idleSince;
    private boolean answered;

    /**
     * @param tcp is what is closed; that of TLS may wait for the other side first
     * @param stream the same, or TLS over it
     */
    HttpConnection(HttpOrigin origin, Socket tcp, Socket stream, OpenSockets sockets)
            throws IOException {
        this.origin = origin;
        this.tcp = tcp;
        this.in = stream.getInputStream();
        this.out = stream.getOutputStream();
        this.sockets = sockets;
    }

    HttpOrigin origin() {
        return origin;
    }

    Socket socket() {
        return tcp;
    }

    /** Begins an exchange. */
    void send(byte[] request) throws IOException {
        answered = false;
        out.write(request);
        out.flush();
    }

    /** Whether anything has come since the last request. */
    boolean hasAnswered() {
        return answered;
    }

    /** Reads at least one byte, straight from the socket if many are wanted; -1 at the end. */
    int read(byte[] into, int offset, int length) throws IOException {
        if (position == limit) {
            if (length >= LARGE_READ) {
                return received(in.read(into, offset, length));
            }
            if (!fill()) {
                return -1;
            }
        }
        int copied = Math.min(length, limit - position);
        System.arraycopy(buffer, position, into, offset, copied);
        position += copied;
        return copied;
    }

    private boolean fill() throws IOException {
        position = 0;
        limit = 0;
        limit = Math.max(0, received(in.read(buffer, 0, buffer.length)));
        return limit > 0;
    }

    private int received(int count) {
        answered |= count > 0;
        return count;
    }

    /**
     * Reads a line of a head, without the CRLF at its end.
     *
     * @throws ProtocolException if it is longer, or has control characters; LF alone is one
     */
    String line(int maxLength) throws IOException {
        var line = new StringBuilder(80);
        for (int c = next(); c != '\r'; c = next()) {
            if (c < ' ' && c != '\t' || c == 0x7f) {
                throw new ProtocolException("the answer has a control character in its head");
            }
            if (line.length() == maxLength) {
                throw new ProtocolException("the answer has too long a head");
            }
            line.append((char) c);
        }
        if (next() != '\n') {
            throw new ProtocolException("the answer has a control character in its head");
        }
        return line.toString();
    }

    private int next() throws IOException {
        if (position == limit && !fill()) {
            throw new EOFException("the answer is cut short");
        }
        return buffer[position++] & 0xff;
    }

    /** Whether nothing has come that nobody asked for. */
    boolean isQuiet() {
        try {
            return position == limit
                    && in.available() == 0
                    && tcp.getInputStream().available() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** Whether the server has neither closed this nor said anything. Takes a millisecond. */
    boolean isAlive() {
        try {
            int timeout = tcp.getSoTimeout();
            tcp.setSoTimeout(1);
            try {
                tcp.getInputStream().read();
                return false;
            } catch (SocketTimeoutException e) {
                tcp.setSoTimeout(timeout);
                return true;
            }
        } catch (IOException e) {
            return false;
        }
    }

    /** When this was opened, as {@link System#nanoTime}. */
    long openedAt() {
        return openedAt;
    }

    /** Since when nobody has used this, as {@link System#nanoTime}. */
    long idleSince() {
        return idleSince;
    }

    void idleSince(long nanoTime) {
        idleSince = nanoTime;
    }

    @Override
    public void close() {
        sockets.close(tcp);
    }
}
