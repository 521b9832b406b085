package dev.vigie.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where the value of a setting comes from, told by the name of its source. */
final class Origin {

    private static final int OWN_FILE = 250;

    static final String DEFAULT = "default";
    static final String COMMAND_LINE = "-D";

    private static final Pattern FILE = Pattern.compile(".*\\[source=(file:[^\\]]+)\\]");

    private Origin() {}

    /**
     * Says it for a person.
     *
     * @param ordinal that of the application's own properties means a default
     */
    static String shown(@Nullable String source, int ordinal) {
        if (source == null || isOwn(ordinal)) {
            return DEFAULT;
        }
        if (isCommandLine(source)) {
            return COMMAND_LINE;
        }
        return file(source, ordinal).map(Path::toString).orElse("environment");
    }

    /** Whether it is the file in the jar. */
    private static boolean isOwn(int ordinal) {
        return ordinal == OWN_FILE || ordinal == Integer.MIN_VALUE;
    }

    static boolean isCommandLine(@Nullable String source) {
        return "SysPropConfigSource".equals(source);
    }

    /** The file that it is, unless it is the application's own. */
    static Optional<Path> file(String source, int ordinal) {
        Matcher file = FILE.matcher(source);
        return file.matches() && !isOwn(ordinal)
                ? Optional.of(Path.of(URI.create(file.group(1))))
                : Optional.empty();
    }
}
