package dev.vigie.monitor;

import java.time.Duration;

/** Waits; tests bring one that does not. */
@FunctionalInterface
interface Pause {

    void take(Duration length) throws InterruptedException;
}
