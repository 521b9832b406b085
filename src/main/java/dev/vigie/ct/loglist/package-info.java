/** Reads log lists of schema v3, as Chrome and Apple publish them. */
@NullMarked
package dev.vigie.ct.loglist;

import org.jspecify.annotations.NullMarked;
