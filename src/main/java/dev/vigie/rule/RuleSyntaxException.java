package dev.vigie.rule;

/** A rule cannot be understood; the message is a sentence for whoever wrote it. */
public class RuleSyntaxException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public RuleSyntaxException(String message) {
        super(message);
    }
}
