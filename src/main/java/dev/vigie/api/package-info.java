/**
 * The REST API. It speaks its own records; errors become problem documents here and nowhere else.
 */
@NullMarked
package dev.vigie.api;

import org.jspecify.annotations.NullMarked;
