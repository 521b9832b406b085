package dev.vigie.access.password;

/** A password is not good enough; the message says why. */
public final class UnusablePasswordException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnusablePasswordException(String message) {
        super(message);
    }
}
