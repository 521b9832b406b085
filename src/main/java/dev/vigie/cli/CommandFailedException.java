package dev.vigie.cli;

/** A command cannot do what it was asked for; the message is a sentence for who asked. */
final class CommandFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    CommandFailedException(String message) {
        super(message);
    }
}
