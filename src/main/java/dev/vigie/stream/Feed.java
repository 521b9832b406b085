package dev.vigie.stream;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How much of an entry its messages have. */
enum Feed {
    /** Everything but the certificate itself. */
    LITE("/certstream"),
    /** With the certificate and its chain. */
    FULL("/certstream/full-stream"),
    /** The names alone. */
    DOMAINS("/certstream/domains-only");

    private final String path;

    Feed(String path) {
        this.path = path;
    }

    /** Where WebSockets get it. */
    String path() {
        return path;
    }

    /** What it is called in queries and measurements. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Feed> of(String label) {
        return Arrays.stream(values()).filter(feed -> feed.label().equals(label)).findFirst();
    }
}
