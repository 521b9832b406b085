/**
 * Names made to be mistaken for a watched one. What is looked up does not grow with the number of
 * rules.
 */
@NullMarked
package dev.vigie.rule.lookalike;

import org.jspecify.annotations.NullMarked;
