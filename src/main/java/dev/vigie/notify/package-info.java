/**
 * Notifiers: each talks to one type of channel, in a small class. What they are given to say is
 * inert, and what they say where is theirs to escape.
 */
@NullMarked
package dev.vigie.notify;

import org.jspecify.annotations.NullMarked;
