/** Watchlists, and which certificates are expected for them. */
@NullMarked
package dev.vigie.api.watchlist;

import org.jspecify.annotations.NullMarked;
