package dev.vigie.access;

/** A user cannot be so. */
public final class UnusableUserException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String field;

    UnusableUserException(String field, String message) {
        super(message);
        this.field = field;
    }

    /** What is wrong with them. */
    public String field() {
        return field;
    }
}
