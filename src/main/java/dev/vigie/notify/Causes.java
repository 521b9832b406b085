package dev.vigie.notify;

import java.util.concurrent.ExecutionException;

/** Why something that was done elsewhere failed. */
final class Causes {

    private Causes() {}

    static Throwable of(ExecutionException failure) {
        return failure.getCause() == null ? failure : failure.getCause();
    }

    /** What is at the root of it: of a TLS failure, what people want to know. */
    static String sentence(ExecutionException failure) {
        Throwable root = of(failure);
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getClass().getSimpleName() + ": " + root.getMessage();
    }
}
