package dev.vigie.ct;

import dev.vigie.hash.Sha256;

/** Size and root of a log's tree. */
public record TreeHead(long size, Sha256 root) {

    public TreeHead {
        if (size < 0) {
            throw new IllegalArgumentException("negative tree size " + size);
        }
    }
}
