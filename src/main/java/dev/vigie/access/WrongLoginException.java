package dev.vigie.access;

/** Somebody could not log in; which of both was wrong is not said. */
public final class WrongLoginException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    WrongLoginException() {
        super("The name or the password is wrong.", null, false, false);
    }
}
