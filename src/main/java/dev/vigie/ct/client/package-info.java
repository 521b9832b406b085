/**
 * Asks logs over HTTP. The only package of the core that can reach the network, with {@code net}.
 */
@NullMarked
package dev.vigie.ct.client;

import org.jspecify.annotations.NullMarked;
