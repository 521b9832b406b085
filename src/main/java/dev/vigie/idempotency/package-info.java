/** Requests that come twice are carried out once. */
@NullMarked
package dev.vigie.idempotency;

import org.jspecify.annotations.NullMarked;
