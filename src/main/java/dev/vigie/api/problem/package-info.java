/** Turns exceptions into problem documents. */
@NullMarked
package dev.vigie.api.problem;

import org.jspecify.annotations.NullMarked;
