/** The outbox: what people are to be told, through which channel, and whether it arrived. */
@NullMarked
package dev.vigie.delivery;

import org.jspecify.annotations.NullMarked;
