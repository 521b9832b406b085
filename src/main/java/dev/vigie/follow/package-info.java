/**
 * Follows logs for programs: every entry, in the order of its log, at least once. Knows no database
 * and no service; the service itself proves what it reads, this does not.
 */
@NullMarked
package dev.vigie.follow;

import org.jspecify.annotations.NullMarked;
