package dev.vigie.api;

/** A request cannot be carried out as it is; the problem says why. */
final class RefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    RefusedException(int status, String title, String detail) {
        super(detail);
        problem = Problem.of(status, title, detail);
    }

    Problem problem() {
        return problem;
    }
}
