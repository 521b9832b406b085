/** Forgets what is old. */
@NullMarked
package dev.vigie.retention;

import org.jspecify.annotations.NullMarked;
