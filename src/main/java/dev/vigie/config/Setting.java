package dev.vigie.config;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One thing that can be set.
 *
 * @param key its name; may contain {@code <log id>}, or end with {@code .*}
 * @param fallback its value if nobody sets it; null if there is none
 * @param isSecret whether nobody may see it
 */
record Setting(String key, @Nullable String fallback, Form form, boolean isSecret) {

    private static final String LOG_ID = "<log id>";

    /** Whether it stands for many. */
    boolean isFamily() {
        return key.contains(LOG_ID) || key.endsWith(".*");
    }

    /** Whether it goes by this name, as a property or in the environment. */
    boolean goesBy(String name) {
        return isFamily()
                ? Pattern.matches(pattern(key, "\"?[0-9a-f]{64}\"?"), name)
                        || Pattern.matches(pattern(variable(key), "_?[0-9A-F]{64}_?"), name)
                : name.equals(key) || name.equals(variable(key));
    }

    private static String pattern(String name, String logId) {
        String open = name.replace(LOG_ID, "\0").replace("_LOG_ID_", "\0");
        String all = open.endsWith("*") ? open.substring(0, open.length() - 1) + "\1" : open;
        return Pattern.quote(all).replace("\0", "\\E" + logId + "\\Q").replace("\1", "\\E.+\\Q");
    }

    /** How a key is called in the environment. */
    static String variable(String key) {
        String stem = key.endsWith(".*") ? key.substring(0, key.length() - 1) : key;
        String variable = stem.replaceAll("[^a-zA-Z0-9]", "_").toUpperCase(Locale.ROOT);
        return key.endsWith(".*") ? variable + "*" : variable;
    }
}
