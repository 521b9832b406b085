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
    RECHECK,

    /**
     * Entries that were read before and are searched for something else; whenever there is time.
     */
    LOOK_BACK;

    /**
     * How many of a host's slots may be taken when one more starts for this purpose. The background
     * leaves one, so that it never delays a tree head; looking back leaves half of them, so that it
     * delays nothing.
     */
    int limit(int slots) {
        return switch (this) {
            case TREE_HEAD, TAIL -> slots;
            case CATCH_UP, RECHECK -> slots - 1;
            case LOOK_BACK -> slots / 2;
        };
    }

    /** Whether caches are to ask the log again. */
    boolean passesCachesBy() {
        return this == RECHECK;
    }
}
