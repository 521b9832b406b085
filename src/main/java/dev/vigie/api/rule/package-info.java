/** Rules: added, changed, tried, imported and exported. */
@NullMarked
package dev.vigie.api.rule;

import org.jspecify.annotations.NullMarked;
