package dev.vigie.monitor;

import dev.vigie.hash.Sha256;

/** An entry that could not be read, or not for certain. */
record UnreadableLeaf(long index, Sha256 leafHash, String reason, byte[] raw) {}
