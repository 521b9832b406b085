package dev.vigie.notify;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import org.jspecify.annotations.Nullable;

/**
 * Remembers that a write has failed. The JDK keeps to itself that the end of a TLS connection could
 * not be written, and the reset that was the reason is reported by the system once only: after that
 * a read finds an end as after a good connection.
 */
final class HonestSocket extends Socket {

    private volatile @Nullable IOException failure;

    @Override
    public OutputStream getOutputStream() throws IOException {
        return new FilterOutputStream(super.getOutputStream()) {
            @Override
            public void write(byte[] bytes, int from, int length) throws IOException {
                try {
                    out.write(bytes, from, length);
                } catch (IOException e) {
                    failure = e;
                    throw e;
                }
            }
        };
    }

    /**
     * @throws IOException why not all that was written could be sent
     */
    void throwFailure() throws IOException {
        IOException known = failure;
        if (known != null) {
            throw known;
        }
    }
}
