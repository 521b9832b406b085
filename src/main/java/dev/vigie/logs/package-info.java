/** Which logs are followed, how far, and what in them could not be read. */
@NullMarked
package dev.vigie.logs;

import org.jspecify.annotations.NullMarked;
