package dev.vigie.api;

/** A field of the request cannot be used. */
public class InvalidRequestException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String field;

    /**
     * @param field by its path in the request
     * @param message a sentence that says what is wrong with it
     */
    public InvalidRequestException(String field, String message) {
        super(message);
        this.field = field;
    }

    /** By its path in the request. */
    public String field() {
        return field;
    }
}
