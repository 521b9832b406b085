package dev.vigie.monitor;

import dev.vigie.ct.SignedTreeHead;
import dev.vigie.ct.TreeHead;
import dev.vigie.hash.Sha256;
import dev.vigie.logs.LogPosition;
import org.jspecify.annotations.Nullable;

/**
 * A tree head that the entries we read fit.
 *
 * @param text as the log gave it
 */
record ProvenHead(TreeHead head, String text) {

    static ProvenHead of(SignedTreeHead signed) {
        return new ProvenHead(signed.head(), signed.text());
    }

    /** The one that is stored, if any. */
    static @Nullable ProvenHead of(LogPosition stored) {
        return stored.provenSize == null || stored.provenRoot == null || stored.provenHead == null
                ? null
                : new ProvenHead(
                        new TreeHead(stored.provenSize, Sha256.of(stored.provenRoot)),
                        stored.provenHead);
    }

    long size() {
        return head.size();
    }
}
