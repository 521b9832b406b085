package dev.vigie.rule;

/**
 * How much work the names of one certificate were, in looks at a rule; a look is fifty to a hundred
 * nanoseconds. Names that are made to be hard to read, or to stand for many others, shall not cost
 * more than a tenth of a second in all.
 */
final class Effort {

    private static final int MOST = 1_000_000;

    private int spent;

    void begin() {
        spent = 0;
    }

    /** Notes work; whether it has become too much. */
    boolean spend(int more) {
        // stays above the limit once it is there, and cannot overflow
        spent = Math.min(spent, MOST) + more;
        return isSpent();
    }

    boolean isSpent() {
        return spent > MOST;
    }
}
