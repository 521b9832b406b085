/** The one hash of the field, SHA-256, as a value. */
@NullMarked
package dev.vigie.hash;

import org.jspecify.annotations.NullMarked;
