package dev.vigie.rule.lookalike;

/** Takes what a name was found to imitate. */
@FunctionalInterface
public interface LookalikeSink {

    /**
     * A rule is met, for the first and only time by this name.
     *
     * @param rule its position in the list that the index was made of
     */
    void found(int rule, LookalikeReason reason);
}
