/** What was found. */
@NullMarked
package dev.vigie.api.match;

import org.jspecify.annotations.NullMarked;
