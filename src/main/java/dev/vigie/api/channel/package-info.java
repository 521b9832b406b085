/** Where alerts go, and what became of them. */
@NullMarked
package dev.vigie.api.channel;

import org.jspecify.annotations.NullMarked;
