/** Watchlists and their rules as people keep them, and the compiled set that is in force. */
@NullMarked
package dev.vigie.watchlist;

import org.jspecify.annotations.NullMarked;
