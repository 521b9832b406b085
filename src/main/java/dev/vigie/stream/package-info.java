/**
 * Sends what logs have taken to everybody who listens, as certstream does. Nobody is waited for:
 * whoever is too slow loses messages, which are counted.
 *
 * <pre>
 * monitor → LiveStream (bounded copies, one thread) → EntryMessages → Audience → Listener → Outlet
 * </pre>
 */
@NullMarked
package dev.vigie.stream;

import org.jspecify.annotations.NullMarked;
