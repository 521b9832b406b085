package dev.vigie.ct.client;

/**
 * How many entries a log gives in one answer, as far as it has shown. Safe for use by many threads.
 */
final class PageSize {

    /** What is asked for until the log has shown how much it gives. */
    private static final int FIRST = 1000;

    /** Shorter answers are accidents. */
    private static final int SMALLEST = 16;

    private static final int PAGES_BEFORE_MORE = 100;

    private int size = FIRST;
    private int wholePages;

    /** Where the page ends, exclusive, that holds the entry. */
    synchronized long endAfter(long start) {
        return (start / size + 1) * size;
    }

    /**
     * A short answer to an aligned question shows how large the log's pages are. It may have been
     * an accident, so after a while more is asked for again.
     */
    synchronized void learn(long start, int asked, int given) {
        if (given < asked && given >= SMALLEST && start % given == 0) {
            size = given;
            wholePages = 0;
        } else if (asked == size && size < FIRST && ++wholePages == PAGES_BEFORE_MORE) {
            size = Math.min(2 * size, FIRST);
            wholePages = 0;
        }
    }
}
