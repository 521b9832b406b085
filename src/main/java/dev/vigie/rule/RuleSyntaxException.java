package dev.vigie.rule;

/** A rule cannot be understood, or must not be as it is; the message is for whoever wrote it. */
public class RuleSyntaxException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String field;

    public RuleSyntaxException(String message) {
        this("pattern", message);
    }

    public RuleSyntaxException(String field, String message) {
        super(message);
        this.field = field;
    }

    /** The part of the rule that it is about, as it is called in the API. */
    public String field() {
        return field;
    }
}
