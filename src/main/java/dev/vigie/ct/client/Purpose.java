package dev.vigie.ct.client;

/**
 * Why a log is asked, most urgent first. Of requests that wait for one host the first goes first.
 */
public enum Purpose {
    /** The present tree head: how far behind we are is known by it, and alarms depend on that. */
    TREE_HEAD,

    /** New entries near the tree head, and what belongs to them. */
    TAIL,

    /** Old entries, of which there may be hours' worth. */
    CATCH_UP,

    /**
     * Ranges read again in the background because they were wrong or missing. What caches hold may
     * be the wrong thing, so such requests say {@code Cache-Control: no-cache}.
     */
    RECHECK;

    /** Whether one slot of a host's budget is closed to it, so that it never delays a tree head. */
    boolean isBackground() {
        return this == CATCH_UP || this == RECHECK;
    }

    /** Whether caches are to ask the log again. */
    boolean passesCachesBy() {
        return this == RECHECK;
    }
}
