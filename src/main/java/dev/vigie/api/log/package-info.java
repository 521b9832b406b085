/** Logs: how far they are read, what is wrong with them, and searching them again. */
@NullMarked
package dev.vigie.api.log;

import org.jspecify.annotations.NullMarked;
