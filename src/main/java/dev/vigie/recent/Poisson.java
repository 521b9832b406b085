package dev.vigie.recent;

/** What a number of events that come by chance tells about how many there are on average. */
final class Poisson {

    /** One in twenty is beyond it. */
    private static final double QUANTILE = 1.645;

    private Poisson() {}

    /**
     * The average is not above this in 19 of 20 cases; 3 for none at all. By the approximation of
     * Wilson and Hilferty.
     */
    static double atMost(int events) {
        double next = events + 1.0;
        return next * Math.pow(1 - 1 / (9 * next) + QUANTILE / (3 * Math.sqrt(next)), 3);
    }
}
