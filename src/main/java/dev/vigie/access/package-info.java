/** Who may use the API. */
@NullMarked
package dev.vigie.access;

import org.jspecify.annotations.NullMarked;
