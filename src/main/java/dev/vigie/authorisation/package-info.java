/** Which certificates are expected, and which matches are covered by that. */
@NullMarked
package dev.vigie.authorisation;

import org.jspecify.annotations.NullMarked;
