/**
 * Follows the logs: reads batches, finds hits, records them with the position.
 *
 * <pre>
 * LogClient → EntryBatch → BatchScanner → ScannedBatch → BatchRecorder ⇒ matches, sightings, deliveries, position
 * </pre>
 */
@NullMarked
package dev.vigie.monitor;

import org.jspecify.annotations.NullMarked;
