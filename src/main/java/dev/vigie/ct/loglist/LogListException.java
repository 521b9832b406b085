package dev.vigie.ct.loglist;

/**
 * What was read is no log list, or not the one that it should be; the message is a sentence. Asking
 * again rarely helps; a list that could not be read at all is an {@link java.io.IOException}.
 */
public class LogListException extends Exception {

    private static final long serialVersionUID = 1L;

    public LogListException(String message) {
        super(message);
    }

    public LogListException(String message, Throwable cause) {
        super(message, cause);
    }
}
