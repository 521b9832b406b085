package dev.vigie.rule;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Gathers what one rule meets in one certificate; a hostile one has a hundred thousand names. */
final class HitCollector {

    private static final int MOST_NAMES = 100;
    private static final int MOST_REASONS = 20;

    private final Set<String> seen = new HashSet<>();
    private final List<String> names = new ArrayList<>(1);
    private final List<String> reasons = new ArrayList<>(1);

    void add(String name, String reason) {
        if (!seen.add(name)) {
            return;
        }
        if (names.size() < MOST_NAMES) {
            names.add(name);
        }
        if (reasons.size() < MOST_REASONS) {
            reasons.add(reason);
        }
    }

    Hit hit(UUID ruleId) {
        return new Hit(ruleId, List.copyOf(names), seen.size(), List.copyOf(reasons));
    }
}
