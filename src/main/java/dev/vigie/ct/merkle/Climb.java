package dev.vigie.ct.merkle;

import dev.vigie.hash.Sha256;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The way from a node up to the root of a tree along the node's siblings, as both kinds of proof
 * describe it (RFC 9162 sections 2.1.3.2 and 2.1.4.2).
 */
final class Climb {

    private static final int HIGHEST_TREE = 64;

    private final MerkleHasher hasher = new MerkleHasher();
    private final byte[] node;

    /** Root of all leaves up to the last one below the node. */
    private final byte[] leftRoot;

    /** Root of the whole tree. */
    private final byte[] root;

    /** The siblings to the left, the lowest one last, at the end of the array. */
    private final byte[] lefts = new byte[HIGHEST_TREE * Sha256.LENGTH];

    private int leftsStart = lefts.length;

    private Climb(Sha256 node) {
        this.node = node.bytes();
        this.leftRoot = node.bytes();
        this.root = node.bytes();
    }

    /**
     * Climbs to the top; empty if there are too many or too few siblings for that.
     *
     * @param index the node's number among those of its level
     * @param last the number of the last one of that level
     * @param siblings from below to above
     */
    static Optional<Climb> from(Sha256 node, long index, long last, List<Sha256> siblings) {
        var climb = new Climb(node);
        long at = index;
        long end = last;
        for (Sha256 sibling : siblings) {
            if (end == 0) {
                return Optional.empty();
            }
            if ((at & 1) == 1 || at == end) {
                climb.passLeft(sibling.bytes());
                // at the right edge there may be levels at which the node has no sibling
                int levels = (at & 1) == 1 ? 0 : Long.numberOfTrailingZeros(at);
                at >>= levels;
                end >>= levels;
            } else {
                climb.passRight(sibling.bytes());
            }
            at >>= 1;
            end >>= 1;
        }
        return end == 0 ? Optional.of(climb) : Optional.empty();
    }

    private void passLeft(byte[] sibling) {
        hasher.node(sibling, 0, leftRoot, 0, leftRoot, 0);
        hasher.node(sibling, 0, root, 0, root, 0);
        leftsStart -= Sha256.LENGTH;
        System.arraycopy(sibling, 0, lefts, leftsStart, Sha256.LENGTH);
    }

    private void passRight(byte[] sibling) {
        hasher.node(root, 0, sibling, 0, root, 0);
    }

    Sha256 leftRoot() {
        return Sha256.of(leftRoot);
    }

    Sha256 root() {
        return Sha256.of(root);
    }

    /** The siblings to the left of the way, from left to right: the range before the node. */
    byte[] before() {
        return Arrays.copyOfRange(lefts, leftsStart, lefts.length);
    }

    /** The same with the node behind them. */
    byte[] through() {
        byte[] before = before();
        byte[] through = Arrays.copyOf(before, before.length + Sha256.LENGTH);
        System.arraycopy(node, 0, through, before.length, Sha256.LENGTH);
        return through;
    }
}
