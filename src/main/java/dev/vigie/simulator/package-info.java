/**
 * Real, signed CT logs in this process, of both protocols, with certificates made as needed and
 * faults on demand. For the demo, for tests and for benchmarks.
 */
@NullMarked
package dev.vigie.simulator;

import org.jspecify.annotations.NullMarked;
