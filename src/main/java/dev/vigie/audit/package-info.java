/** Who changed what: written in the transaction of the change, never changed, and chained. */
@NullMarked
package dev.vigie.audit;

import org.jspecify.annotations.NullMarked;
