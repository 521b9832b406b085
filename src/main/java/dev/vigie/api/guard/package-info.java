/** What every request has to pass, and what is written down of those that do not. */
@NullMarked
package dev.vigie.api.guard;

import org.jspecify.annotations.NullMarked;
