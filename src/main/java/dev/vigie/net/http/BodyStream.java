package dev.vigie.net.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * The body of an answer. Its connection is of use again once the body was read to its end; who
 * stops before that closes it. May be closed by another thread than the one that reads.
 */
final class BodyStream extends InputStream {

    private final BodyFraming framing;
    private final HttpConnection connection;
    private final Deadline deadline;
    private final Consumer<HttpConnection> whenWhole;
    private final AtomicBoolean over = new AtomicBoolean();
    private volatile boolean ended;

    /**
     * @param whenWhole gets the connection if the body was read to its end; else it is closed
     */
    BodyStream(
            BodyFraming framing,
            HttpConnection connection,
            Deadline deadline,
            Consumer<HttpConnection> whenWhole) {
        this.framing = framing;
        this.connection = connection;
        this.deadline = deadline;
        this.whenWhole = whenWhole;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    /**
     * Reads straight into the array where it can.
     *
     * @throws java.io.EOFException if the connection ended before the body
     * @throws java.net.SocketTimeoutException if the time for the whole answer is over
     */
    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, into.length);
        if (length == 0) {
            return 0;
        }
        if (over.get()) {
            if (ended) {
                return -1;
            }
            throw new IOException("the answer was closed");
        }
        try {
            int read = framing.read(into, offset, length);
            if (read < 0) {
                ended = true;
                close();
            }
            return read;
        } catch (IOException e) {
            close();
            throw deadline.explain(e);
        }
    }

    @Override
    public void close() {
        if (over.compareAndSet(false, true)) {
            boolean inTime = deadline.end();
            if (inTime && framing.isWhole()) {
                whenWhole.accept(connection);
            } else {
                connection.close();
            }
        }
    }
}
