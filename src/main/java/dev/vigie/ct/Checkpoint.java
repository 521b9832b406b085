package dev.vigie.ct;

import dev.vigie.hash.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;

/**
 * The signed note in which a static log publishes its tree head (c2sp.org/static-ct-api,
 * c2sp.org/signed-note). Lines of other signers are skipped unread.
 */
public final class Checkpoint {

    /** No honest checkpoint comes near; witnesses add some kilobytes each. */
    public static final int MAX_BYTES = 1 << 20;

    private static final String SIGNATURE_PREFIX = "— ";
    private static final int RFC6962_TREE_HEAD = 0x05;

    private Checkpoint() {}

    /**
     * Reads and verifies a checkpoint.
     *
     * @param origin the submission prefix without scheme and trailing slash; the note must name it
     */
    public static SignedTreeHead parse(byte[] note, String origin, LogKey key)
            throws LogMisbehaviorException {
        String text = new String(note, StandardCharsets.UTF_8);
        if (text.chars().anyMatch(c -> c < 0x20 && c != '\n')) {
            throw new LogMisbehaviorException("the checkpoint contains control characters");
        }
        int end = text.lastIndexOf("\n\n");
        if (end < 0 || !text.endsWith("\n")) {
            throw new LogMisbehaviorException("the checkpoint has no signatures");
        }
        String[] body = text.substring(0, end).split("\n", -1);
        if (body.length != 3) {
            throw new LogMisbehaviorException(
                    "the checkpoint has %d lines instead of three".formatted(body.length));
        }
        if (!body[0].equals(origin)) {
            throw new LogMisbehaviorException("the checkpoint is of another log");
        }
        TreeHead head = new TreeHead(size(body[1]), root(body[2]));
        return signature(text.substring(end + 2).split("\n"), origin, key, head);
    }

    private static SignedTreeHead signature(
            String[] lines, String origin, LogKey key, TreeHead head)
            throws LogMisbehaviorException {
        byte[] keyId = keyId(origin, key.id());
        String ours = SIGNATURE_PREFIX + origin + " ";
        for (String line : lines) {
            byte[] signature = line.startsWith(ours) ? decode(line.substring(ours.length())) : null;
            if (signature != null
                    && signature.length > 4
                    && Arrays.equals(signature, 0, 4, keyId, 0, 4)) {
                if (signature.length < 12) {
                    throw new LogMisbehaviorException("the checkpoint's signature is cut short");
                }
                long timestamp = ByteBuffer.wrap(signature, 4, 8).getLong();
                if (timestamp < 0) {
                    // as a number without sign it is beyond all times, also for get-sth
                    throw new LogMisbehaviorException("the checkpoint's time is no time");
                }
                var signed =
                        DigitallySigned.parse(Arrays.copyOfRange(signature, 12, signature.length));
                return SignedTreeHead.verify(head, timestamp, signed, key);
            }
        }
        throw new LogMisbehaviorException("the checkpoint carries no signature of the log");
    }

    /** First four bytes of {@code SHA-256(origin || LF || 0x05 || log id)}. */
    public static byte[] keyId(String origin, LogId id) {
        MessageDigest digest = Sha256.digest();
        digest.update(origin.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) '\n');
        digest.update((byte) RFC6962_TREE_HEAD);
        digest.update(id.hash().bytes());
        return Arrays.copyOf(digest.digest(), 4);
    }

    private static long size(String text) throws LogMisbehaviorException {
        boolean decimal = text.matches("0|[1-9][0-9]{0,18}");
        try {
            if (decimal) {
                return Long.parseLong(text);
            }
        } catch (NumberFormatException e) {
            // larger than any tree can be; refused below
        }
        throw new LogMisbehaviorException("the checkpoint's size is not a number");
    }

    private static Sha256 root(String text) throws LogMisbehaviorException {
        try {
            return Sha256.parseBase64(text);
        } catch (IllegalArgumentException e) {
            throw new LogMisbehaviorException("the checkpoint's root is not a hash", e);
        }
    }

    private static byte[] decode(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            return new byte[0]; // not ours, and not ours to judge
        }
    }
}
