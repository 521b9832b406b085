/** What went wrong with logs, lists and this service itself, from when to when, and the proof. */
@NullMarked
package dev.vigie.incident;

import org.jspecify.annotations.NullMarked;
