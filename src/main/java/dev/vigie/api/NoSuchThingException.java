package dev.vigie.api;

/** A field of the request names something that is not there, or not within reach. */
public final class NoSuchThingException extends InvalidRequestException {

    private static final long serialVersionUID = 1L;

    /**
     * @param message a sentence
     */
    public NoSuchThingException(String field, String message) {
        super(field, message);
    }
}
