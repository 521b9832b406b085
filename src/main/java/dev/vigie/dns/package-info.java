/** Domain names in one canonical form, and what certificates write instead of domain names. */
@NullMarked
package dev.vigie.dns;

import org.jspecify.annotations.NullMarked;
