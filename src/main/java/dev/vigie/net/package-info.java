/** Where this process may connect to, and how much of an answer it takes. */
@NullMarked
package dev.vigie.net;

import org.jspecify.annotations.NullMarked;
