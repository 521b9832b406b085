package dev.vigie.lookback;

/** How it stands with a rescan, or with its part in one log. */
public enum RescanState {
    RUNNING,
    PAUSED,
    CANCELLED,
    DONE,
    FAILED;

    /** Whether nothing more will happen by itself or by {@code resume}. */
    boolean isFinal() {
        return this == CANCELLED || this == DONE;
    }
}
