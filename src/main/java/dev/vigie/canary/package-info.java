/** Tests the whole way of an alert in the running service, again and again, without internet. */
@NullMarked
package dev.vigie.canary;

import org.jspecify.annotations.NullMarked;
