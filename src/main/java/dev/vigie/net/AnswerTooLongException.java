package dev.vigie.net;

import java.io.IOException;

/** An answer has more bytes than it was allowed to have. */
public final class AnswerTooLongException extends IOException {

    private static final long serialVersionUID = 1L;

    public AnswerTooLongException(String message) {
        super(message);
    }
}
