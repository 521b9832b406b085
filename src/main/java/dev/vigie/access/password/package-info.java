/** Passwords: which are good enough, and how they are kept. */
@NullMarked
package dev.vigie.access.password;

import org.jspecify.annotations.NullMarked;
