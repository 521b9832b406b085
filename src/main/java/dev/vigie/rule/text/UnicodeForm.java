package dev.vigie.rule.text;

import dev.vigie.dns.Idna;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A name as people read it, with U-labels. */
final class UnicodeForm {

    /** What it costs to decode an A-label, in units of about 50 ns. */
    private static final int LABEL_EFFORT = 25;

    private UnicodeForm() {}

    /** A name with its A-labels decoded; null if it has none. */
    static @Nullable String of(byte[] name, int length) {
        if (aLabels(name, length) == 0) {
            return null;
        }
        return Idna.toUnicode(new String(name, 0, length, StandardCharsets.US_ASCII));
    }

    /** What it takes to make that form of a name, in units of about 50 ns. */
    static int effort(byte[] name, int length) {
        return LABEL_EFFORT * aLabels(name, length);
    }

    private static int aLabels(byte[] name, int length) {
        int labels = 0;
        for (int i = 0; i + 4 < length; i++) {
            if (name[i] == 'x'
                    && name[i + 1] == 'n'
                    && name[i + 2] == '-'
                    && name[i + 3] == '-'
                    && (i == 0 || name[i - 1] == '.')) {
                labels++;
            }
        }
        return labels;
    }
}
