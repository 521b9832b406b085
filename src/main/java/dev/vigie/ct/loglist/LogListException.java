package dev.vigie.ct.loglist;

/** What was read is no log list, or not the one that it should be; the message is a sentence. */
public class LogListException extends Exception {

    private static final long serialVersionUID = 1L;

    public LogListException(String message) {
        super(message);
    }

    public LogListException(String message, Throwable cause) {
        super(message, cause);
    }
}
