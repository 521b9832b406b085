package dev.vigie.rule;

/** A rule would meet very many certificates, and nobody said that this is what they want. */
public final class BroadRuleException extends RuleSyntaxException {

    private static final long serialVersionUID = 1L;

    private final transient WatchRule rule;

    public BroadRuleException(WatchRule rule, String reason) {
        super(reason + " If that is what you want, set options.allowBroad.");
        this.rule = rule;
    }

    /** The rule, so that it can be said what it would have met. */
    public WatchRule rule() {
        return rule;
    }
}
