/** What a rule is, and which rules the names of a certificate meet. */
@NullMarked
package dev.vigie.rule;

import org.jspecify.annotations.NullMarked;
