package dev.vigie.access;

/** Nobody would be left who can administrate all. */
public final class LastAdministratorException extends RuntimeException {

    LastAdministratorException() {
        super("This is the last administrator of all teams; make another one first.");
    }
}
