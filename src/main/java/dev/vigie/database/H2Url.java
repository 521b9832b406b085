package dev.vigie.database;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What the URL of an embedded database has to say. */
final class H2Url {

    private static final List<String> NEEDED =
            List.of(
                    // without it, H2 forgets acknowledged changes when the process is killed
                    "WRITE_DELAY=0",
                    "MODE=POSTGRESQL",
                    "DATABASE_TO_LOWER=TRUE",
                    "DEFAULT_NULL_ORDERING=HIGH");

    private H2Url() {}

    /** Why it cannot be used, in a sentence; empty if it can. */
    static Optional<String> refusal(String url) {
        if (url.startsWith("jdbc:h2:mem:")) {
            return Optional.of(
                    "A database in memory (%s) would forget all at the end; take jdbc:h2:file: or PostgreSQL."
                            .formatted(place(url)));
        }
        if (!url.startsWith("jdbc:h2:file:")) {
            return Optional.of(
                    "The URL of an H2 database must begin with jdbc:h2:file:, this is %s."
                            .formatted(place(url)));
        }
        Set<String> settings =
                Arrays.stream(url.toUpperCase(Locale.ROOT).split(";"))
                        .skip(1)
                        .map(String::strip)
                        .collect(Collectors.toSet());
        if (settings.contains("AUTO_SERVER=TRUE")) {
            return Optional.of(
                    "Several processes cannot share an H2 database, so AUTO_SERVER must not be set;"
                            + " take PostgreSQL.");
        }
        String missing =
                NEEDED.stream()
                        .filter(setting -> !settings.contains(setting))
                        .map(setting -> ";" + setting.replace("POSTGRESQL", "PostgreSQL"))
                        .collect(Collectors.joining());
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of("The URL of an H2 database must contain %s.".formatted(missing));
    }

    private static String place(String url) {
        return url.replaceFirst(";.*", "");
    }
}
