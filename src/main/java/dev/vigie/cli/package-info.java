/** The command line. */
@NullMarked
package dev.vigie.cli;

import org.jspecify.annotations.NullMarked;
