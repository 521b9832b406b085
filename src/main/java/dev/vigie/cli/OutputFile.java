package dev.vigie.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

/** A file that takes the place of an older one as a whole, or not at all. */
final class OutputFile {

    private OutputFile() {}

    /** Writes all of it. */
    interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * Writes it.
     *
     * @param file null for standard output
     */
    static void write(@Nullable Path file, Content content) {
        try {
            if (file == null) {
                content.writeTo(System.out);
                if (System.out.checkError()) {
                    throw new IOException("closed");
                }
                return;
            }
            Path next = file.resolveSibling(file.getFileName() + ".new");
            try {
                try (OutputStream out = Files.newOutputStream(next)) {
                    content.writeTo(out);
                }
                Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(next);
            }
        } catch (IOException e) {
            throw new CommandFailedException(
                    "%s cannot be written.".formatted(file == null ? "Standard output" : file));
        }
    }
}
