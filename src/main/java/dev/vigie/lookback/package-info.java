/** What each rule has searched of each log, and the orders to search what lies behind. */
@NullMarked
package dev.vigie.lookback;

import org.jspecify.annotations.NullMarked;
