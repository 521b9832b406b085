package dev.vigie.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that somebody names; {@code -} is standard input. */
final class InputFile {

    private InputFile() {}

    /** All of it. */
    static byte[] read(Path file, int most) {
        boolean isStandard = file.toString().equals("-");
        try (InputStream in = isStandard ? System.in : Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(most + 1);
            if (bytes.length > most) {
                throw new CommandFailedException(
                        "%s is larger than %d KiB.".formatted(file, most >> 10));
            }
            return bytes;
        } catch (IOException e) {
            throw new CommandFailedException("%s cannot be read.".formatted(file));
        }
    }
}
