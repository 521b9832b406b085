package dev.vigie.ct;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;

/**
 * A tree head whose signature was verified; there is no other way to have one.
 *
 * @param timestamp when the log says that it signed it, in milliseconds since 1970
 * @param text as the log gave it, to be kept as evidence; at most {@link #LONGEST_TEXT} characters
 */
public record SignedTreeHead(
        TreeHead head, long timestamp, DigitallySigned signature, String text) {

    /** Longer ones are kept in the form of get-sth, which says the same. */
    public static final int LONGEST_TEXT = 60_000;

    /** Checks the signature against the log's key (RFC 6962 section 3.5). */
    public static SignedTreeHead verify(
            TreeHead head, long timestamp, DigitallySigned signature, LogKey key)
            throws LogMisbehaviorException {
        if (!key.verifies(signedBytes(head, timestamp), signature)) {
            throw new LogMisbehaviorException(
                    "the signature of the tree head of size %d does not verify with the log's key"
                            .formatted(head.size()));
        }
        return new SignedTreeHead(head, timestamp, signature, sth(head, timestamp, signature));
    }

    /** The same with the words in which the log gave it. */
    public SignedTreeHead as(byte[] answer) {
        String said = new String(answer, StandardCharsets.UTF_8);
        return said.length() > LONGEST_TEXT
                ? this
                : new SignedTreeHead(head, timestamp, signature, said);
    }

    private static String sth(TreeHead head, long timestamp, DigitallySigned signature) {
        return "{\"tree_size\":%d,\"timestamp\":%d,\"sha256_root_hash\":\"%s\",\"tree_head_signature\":\"%s\"}"
                .formatted(
                        head.size(),
                        timestamp,
                        head.root().base64(),
                        Base64.getEncoder().encodeToString(signature.bytes()));
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
