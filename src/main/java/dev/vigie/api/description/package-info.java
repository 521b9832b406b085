/** The description of the API for those who write programs for it. */
@NullMarked
package dev.vigie.api.description;

import org.jspecify.annotations.NullMarked;
