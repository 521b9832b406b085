package dev.vigie.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Gathers what one rule meets in one certificate; a hostile one has a hundred thousand names. */
final class HitCollector {

    private static final int MOST_NAMES = 100;
    private static final int MOST_REASONS = 20;

    private final List<String> names = new ArrayList<>(1);
    private final List<String> reasons = new ArrayList<>(1);
    private int nameCount;
    private int lastName;

    /** Counts a name; false if it is the one that was counted last. */
    boolean count(int name) {
        if (nameCount > 0 && lastName == name) {
            return false;
        }
        lastName = name;
        nameCount++;
        return true;
    }

    boolean wantsNames() {
        return names.size() < MOST_NAMES;
    }

    boolean wantsReasons() {
        return reasons.size() < MOST_REASONS;
    }

    void name(String name) {
        names.add(name);
    }

    void reason(String reason) {
        reasons.add(reason);
    }

    Hit hit(UUID ruleId) {
        return new Hit(ruleId, List.copyOf(names), nameCount, List.copyOf(reasons));
    }
}
