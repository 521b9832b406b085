package dev.vigie.testing;

import static org.junit.jupiter.api.Assumptions.abort;

import dev.vigie.ct.LogKey;
import dev.vigie.ct.loglist.KnownLog;
import dev.vigie.ct.loglist.LogListException;
import dev.vigie.ct.loglist.LogListParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Answers of real logs. They are not part of the repository; the system property {@code vigie.data}
 * says where they are, and tests that need them are skipped without them.
 */
public final class SharedData {

    /** The log list among the data. */
    public static final String LOG_LIST = "loglist/gstatic_v3_all_logs_list.json";

    private SharedData() {}

    /** Where the data are, if they are anywhere. */
    public static Optional<Path> directory() {
        return Stream.of(
                        System.getProperty("vigie.data", ""), "../shared/data", "../../shared/data")
                .filter(place -> !place.isEmpty())
                .map(Path::of)
                .filter(Files::isDirectory)
                .findFirst();
    }

    /** A file of the data; skips the test if there are no data. */
    public static byte[] read(String file) {
        Path directory = directory().orElse(null);
        if (directory == null) {
            return abort("The real log data are absent; -Dvigie.data=<directory> names them.");
        }
        try {
            return Files.readAllBytes(directory.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The key of the listed log whose submission URL contains the text. */
    public static LogKey keyOf(String partOfUrl) {
        try {
            return LogListParser.parse(read(LOG_LIST)).logs().stream()
                    .filter(log -> log.submissionUrl().toString().contains(partOfUrl))
                    .map(KnownLog::key)
                    .findFirst()
                    .orElseThrow();
        } catch (LogListException e) {
            throw new IllegalStateException(e);
        }
    }
}
