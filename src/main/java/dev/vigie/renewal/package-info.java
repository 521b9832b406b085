/**
 * What is amiss with certificates that are there: they end without a successor, come from another
 * issuer than before, or do not come at all.
 */
@NullMarked
package dev.vigie.renewal;

import org.jspecify.annotations.NullMarked;
