/**
 * Hits that were recorded: matches, the certificates that they are about, and where these were
 * seen.
 */
@NullMarked
package dev.vigie.match;

import org.jspecify.annotations.NullMarked;
