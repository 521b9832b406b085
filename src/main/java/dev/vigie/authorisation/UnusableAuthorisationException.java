package dev.vigie.authorisation;

/** What is wrong with an authorisation, and in which field; never says what stood there. */
public final class UnusableAuthorisationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String field;

    UnusableAuthorisationException(String field, String message) {
        super(message);
        this.field = field;
    }

    public String field() {
        return field;
    }
}
