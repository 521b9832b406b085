/**
 * The REST API; here is what all of its parts share. It speaks its own records, and errors become
 * problem documents in {@code problem} and nowhere else.
 */
@NullMarked
package dev.vigie.api;

import org.jspecify.annotations.NullMarked;
