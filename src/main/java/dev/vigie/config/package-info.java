/** Which settings there are, whether what was given makes sense, and where it comes from. */
@NullMarked
package dev.vigie.config;

import org.jspecify.annotations.NullMarked;
