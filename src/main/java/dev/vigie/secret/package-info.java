/** Secrets: how they are kept, so that they are of no use to who gets hold of the database. */
@NullMarked
package dev.vigie.secret;

import org.jspecify.annotations.NullMarked;
