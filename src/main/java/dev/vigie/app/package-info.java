/** Wiring: the clock, the client for logs, checks at the start. */
@NullMarked
package dev.vigie.app;

import org.jspecify.annotations.NullMarked;
