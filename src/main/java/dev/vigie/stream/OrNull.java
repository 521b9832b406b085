package dev.vigie.stream;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads bytes of strangers, at which libraries fail in many ways. */
final class OrNull {

    private OrNull() {}

    interface Part<T> {
        @Nullable T read() throws IOException;
    }

    /** What was read, or null if it could not be. */
    static <T> @Nullable T read(Part<T> part) {
        try {
            return part.read();
        } catch (IOException | RuntimeException | StackOverflowError e) {
            return null;
        }
    }
}
