package dev.vigie.lookback;

/** A rescan cannot be ordered, or not be told this. */
public final class UnusableRescanException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String field;

    UnusableRescanException(String field, String message) {
        super(message);
        this.field = field;
    }

    /** What of the order is wrong; {@code state} if the rescan is over. */
    public String field() {
        return field;
    }
}
