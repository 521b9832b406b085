package dev.vigie.lookback;

/** A rescan cannot be ordered, or not be told this. */
public final class UnusableRescanException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String field;
    private final boolean unknown;

    UnusableRescanException(String field, String message) {
        this(field, message, false);
    }

    private UnusableRescanException(String field, String message, boolean unknown) {
        super(message);
        this.field = field;
        this.unknown = unknown;
    }

    /** It is for what is not there, or not within reach. */
    static UnusableRescanException ofUnknown(String field, String message) {
        return new UnusableRescanException(field, message, true);
    }

    /** What of the order is wrong; {@code state} if the rescan is over. */
    public String field() {
        return field;
    }

    /** Whether it is for what is not there, or not within reach. */
    public boolean isOfUnknown() {
        return unknown;
    }
}
