package dev.vigie.net.http;

import java.io.IOException;
import java.io.InputStream;

/** An answer whose body is still to be read. Must be closed. */
public record HttpAnswer(ResponseHead head, InputStream body) implements AutoCloseable {

    @Override
    public void close() throws IOException {
        body.close();
    }
}
