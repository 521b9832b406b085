package dev.vigie.rule.text;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Puts what is known of the parts of a sequence together. */
final class LiteralRun {

    /** What the parts since the last gap match: one of these stands there in one piece. */
    private Set<String> run = Set.of("");

    private @Nullable Set<String> needed;
    private boolean isWhole = true;

    void add(Literals part) {
        if (part.whole() == null) {
            close();
            needed = Literals.better(needed, part.needed());
            return;
        }
        Set<String> longer = new HashSet<>();
        for (String start : run) {
            for (String end : part.whole()) {
                longer.add(start + end);
            }
        }
        if (!Literals.areFew(longer)) {
            close();
            longer = part.whole();
        }
        run = longer;
    }

    /** From here on nothing is known of what stands between. */
    private void close() {
        needed = Literals.better(needed, run);
        run = Set.of("");
        isWhole = false;
    }

    Literals literals() {
        return isWhole ? new Literals(run, null) : new Literals(null, Literals.better(needed, run));
    }
}
