package dev.vigie.api;

/** A request cannot be carried out as it is; the problem says why. */
public final class RefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    /**
     * @param detail a sentence that says why
     */
    public RefusedException(int status, String title, String detail) {
        super(detail);
        problem = Problem.of(status, title, detail);
    }

    /** What the answer says. */
    public Problem problem() {
        return problem;
    }
}
