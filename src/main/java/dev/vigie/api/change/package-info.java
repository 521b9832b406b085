/** What every change of the API is: one transaction, written down, and carried out once. */
@NullMarked
package dev.vigie.api.change;

import org.jspecify.annotations.NullMarked;
