/** Rules about the text of a name: keywords and regular expressions. */
@NullMarked
package dev.vigie.rule.text;

import org.jspecify.annotations.NullMarked;
