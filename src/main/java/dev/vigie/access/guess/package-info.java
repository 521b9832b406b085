/** How often somebody may guess, over all processes that share a database. */
@NullMarked
package dev.vigie.access.guess;

import org.jspecify.annotations.NullMarked;
