/** Merkle tree hashing of RFC 6962 section 2.1. */
@NullMarked
package dev.vigie.ct.merkle;

import org.jspecify.annotations.NullMarked;
