package dev.vigie.ct;

import java.nio.ByteBuffer;
import java.time.Instant;

/**
 * A tree head whose signature was verified; there is no other way to have one.
 *
 * @param timestamp when the log says that it signed it, in milliseconds since 1970
 */
public record SignedTreeHead(TreeHead head, long timestamp, DigitallySigned signature) {

    /** Checks the signature against the log's key (RFC 6962 section 3.5). */
    public static SignedTreeHead verify(
            TreeHead head, long timestamp, DigitallySigned signature, LogKey key)
            throws LogMisbehaviorException {
        if (!key.verifies(signedBytes(head, timestamp), signature)) {
            throw new LogMisbehaviorException(
                    "the signature of the tree head of size %d does not verify with the log's key"
                            .formatted(head.size()));
        }
        return new SignedTreeHead(head, timestamp, signature);
    }

    /** The 50 bytes that a log signs: version, signature type, timestamp, size, root. */
    public static byte[] signedBytes(TreeHead head, long timestamp) {
        return ByteBuffer.allocate(50)
                .put((byte) 0)
                .put((byte) 1)
                .putLong(timestamp)
                .putLong(head.size())
                .put(head.root().bytes())
                .array();
    }

    public long size() {
        return head.size();
    }

    /** The timestamp as an instant. */
    public Instant time() {
        return Instant.ofEpochMilli(timestamp);
    }
}
