package dev.vigie.delivery;

/** What is wrong with a channel, and in which field. */
public final class UnusableChannelException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String field;

    public UnusableChannelException(String field, String message) {
        super(message);
        this.field = field;
    }

    /**
     * @param cause whose message says it
     */
    public UnusableChannelException(String field, Exception cause) {
        super(cause.getMessage(), cause);
        this.field = field;
    }

    public String field() {
        return field;
    }
}
