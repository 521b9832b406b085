package dev.vigie.follow;

import java.time.DateTimeException;
import java.time.Instant;

/** Where to start in a log that was never seen. */
public sealed interface StartAt {

    /** With the first entry that is not there yet. */
    record End() implements StartAt {}

    /** With this leaf index, or the end if the log is shorter. */
    record Index(long index) implements StartAt {}

    /** With the first entry that the log took at this time or later. */
    record Time(Instant time) implements StartAt {}

    /**
     * Reads the setting.
     *
     * @throws IllegalArgumentException with a sentence
     */
    static StartAt parse(String text) {
        if (text.equals("end")) {
            return new End();
        }
        if (text.equals("beginning")) {
            return new Index(0);
        }
        if (text.matches("[0-9]{1,18}")) {
            return new Index(Long.parseLong(text));
        }
        try {
            return new Time(Instant.parse(text));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "The start must be end, beginning, an index or a time such as"
                            + " 2026-01-31T00:00:00Z, not '%s'.".formatted(text),
                    e);
        }
    }
}
