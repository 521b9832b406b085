/**
 * How fast the parts are, and what the machine allows at all. {@link
 * dev.vigie.benchmark.MicroBenchmarks} runs the parts one by one; {@link
 * dev.vigie.benchmark.Floors} are what the whole application is held against.
 */
package dev.vigie.benchmark;
