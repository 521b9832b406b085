package dev.vigie.config;

import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds what somebody who mistyped a setting may have meant. */
final class NearestName {

    private static final int LONGEST = 200;

    private NearestName() {}

    /** The nearest setting, written as the name is written; empty if none is near. */
    static Optional<String> to(String name, boolean isVariable) {
        String typed = plain(name.substring(0, Math.min(name.length(), LONGEST)));
        return Settings.ALL.stream()
                .filter(setting -> !setting.isFamily())
                .map(Setting::key)
                .min(Comparator.comparingInt(key -> distance(typed, plain(key))))
                .filter(key -> distance(typed, plain(key)) <= key.length() / 4)
                .map(key -> isVariable ? Setting.variable(key) : key);
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', '.').replace('-', '.');
    }

    /** How many letters have to be added, left out or changed. */
    private static int distance(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int changed = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[to.length()];
    }
}
