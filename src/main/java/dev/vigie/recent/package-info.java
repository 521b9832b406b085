/**
 * What was seen lately, as a sample in memory: enough to say what a rule would find before it is
 * saved.
 */
@NullMarked
package dev.vigie.recent;

import org.jspecify.annotations.NullMarked;
