package dev.vigie.ct.merkle;

import dev.vigie.hash.Sha256;
import java.security.DigestException;
import java.security.MessageDigest;

/**
 * Leaf and node hashes of RFC 6962 section 2.1. Holds a digest that is used again and again, so an
 * instance belongs to one thread.
 */
public final class MerkleHasher {

    /** Root of the tree without leaves, the hash of nothing. */
    public static final Sha256 EMPTY_ROOT = Sha256.hash(new byte[0]);

    private static final byte LEAF = 0;
    private static final byte NODE = 1;

    private final MessageDigest digest = Sha256.digest();

    /** Hash of a leaf whose input is {@code header || data[offset, offset+length)}. */
    public void leaf(
            byte[] header, byte[] data, int offset, int length, byte[] out, int outOffset) {
        digest.update(LEAF);
        digest.update(header);
        digest.update(data, offset, length);
        finish(out, outOffset);
    }

    /** Hash of a leaf. */
    public Sha256 leaf(byte[] leafInput) {
        byte[] out = new byte[Sha256.LENGTH];
        leaf(new byte[0], leafInput, 0, leafInput.length, out, 0);
        return Sha256.of(out);
    }

    /** Hash of an inner node. */
    public Sha256 node(Sha256 left, Sha256 right) {
        digest.update(NODE);
        digest.update(left.bytes());
        digest.update(right.bytes());
        return Sha256.of(digest.digest());
    }

    /** Hash of an inner node, 32 bytes each; {@code out} may be one of the inputs. */
    public void node(
            byte[] left, int leftOffset, byte[] right, int rightOffset, byte[] out, int outOffset) {
        digest.update(NODE);
        digest.update(left, leftOffset, Sha256.LENGTH);
        digest.update(right, rightOffset, Sha256.LENGTH);
        finish(out, outOffset);
    }

    private void finish(byte[] out, int outOffset) {
        try {
            digest.digest(out, outOffset, Sha256.LENGTH);
        } catch (DigestException e) {
            throw new IllegalStateException(e);
        }
    }
}
