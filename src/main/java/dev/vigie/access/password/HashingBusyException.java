package dev.vigie.access.password;

/** Too many passwords are being checked already. */
public final class HashingBusyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    HashingBusyException() {
        super("Too many people are logging in; please try again in a moment.", null, false, false);
    }
}
