package dev.vigie.ct;

import dev.vigie.ct.merkle.MerkleHasher;
import java.util.Arrays;
import java.util.Base64;

/**
 * Consecutive entries of one log as slices of the response in which they came; nothing is copied.
 *
 * <p>An entry has a leaf, which the tree hash covers, and an extra part, which nothing vouches for.
 */
public final class EntryBatch {

    /** How the slices are to be read. */
    public enum Form {
        /** get-entries: the leaf is the whole leaf_input, the extra part still base64. */
        LEAF_INPUT(new byte[0]),
        /** Data tile: the leaf lacks its two leading zero bytes, the extra part is binary. */
        TILE(new byte[2]);

        private final byte[] header;

        Form(byte[] header) {
            this.header = header;
        }
    }

    private static final int FIELDS = 4;

    private final Form form;
    private final long start;
    private final byte[] buffer;
    private int[] slices;
    private int size;
    private Runnable release = () -> {};

    /** An empty batch whose first entry will be at {@code start}. */
    public EntryBatch(Form form, long start, byte[] buffer, int expectedSize) {
        this.form = form;
        this.start = start;
        this.buffer = buffer;
        this.slices = new int[FIELDS * Math.max(expectedSize, 1)];
    }

    /** Appends the next entry. */
    public void add(int leafOffset, int leafLength, int extraOffset, int extraLength) {
        int at = FIELDS * size++;
        if (at == slices.length) {
            slices = Arrays.copyOf(slices, 2 * at);
        }
        slices[at] = leafOffset;
        slices[at + 1] = leafLength;
        slices[at + 2] = extraOffset;
        slices[at + 3] = extraLength;
    }

    /** The same batch; the memory under it can be given back like this. */
    public EntryBatch releasedBy(Runnable giveBack) {
        release = giveBack;
        return this;
    }

    /** Gives the memory back, if it can be; the batch and its slices are used up. */
    public void release() {
        release.run();
    }

    /** The same batch with no more than its first entries. */
    public EntryBatch first(int count) {
        if (count < size) {
            size = count;
        }
        return this;
    }

    /** The same batch without its first entries. */
    public EntryBatch from(long index) {
        if (index <= start) {
            return this;
        }
        int skipped = (int) Math.min(size, index - start);
        var rest = new EntryBatch(form, index, buffer, size - skipped);
        System.arraycopy(slices, FIELDS * skipped, rest.slices, 0, FIELDS * (size - skipped));
        rest.size = size - skipped;
        rest.release = release;
        return rest;
    }

    public Form form() {
        return form;
    }

    public int size() {
        return size;
    }

    public EntryRange range() {
        return new EntryRange(start, start + size);
    }

    /** The leaf index of the entry at this place in the batch. */
    public long index(int entry) {
        return start + entry;
    }

    /** Where all slices lie; not to be changed. */
    public byte[] buffer() {
        return buffer;
    }

    int leafOffset(int entry) {
        return slices[FIELDS * entry];
    }

    int leafLength(int entry) {
        return slices[FIELDS * entry + 1];
    }

    /** The leaf as the tree hash sees it. */
    public byte[] leafInput(int entry) {
        byte[] leaf = Arrays.copyOf(form.header, form.header.length + leafLength(entry));
        System.arraycopy(buffer, leafOffset(entry), leaf, form.header.length, leafLength(entry));
        return leaf;
    }

    /** Writes the leaf hash, 32 bytes. */
    public void leafHash(int entry, MerkleHasher hasher, byte[] out, int outOffset) {
        hasher.leaf(form.header, buffer, leafOffset(entry), leafLength(entry), out, outOffset);
    }

    /** Whether there is an extra part at all. */
    public boolean hasExtra(int entry) {
        return slices[FIELDS * entry + 3] > 0;
    }

    /**
     * How many bytes {@link #copy} would need.
     *
     * @param withExtra whether the extra parts are copied too
     */
    public long copyLength(boolean withExtra) {
        long bytes = 0;
        for (int entry = 0; entry < size; entry++) {
            bytes += leafLength(entry) + (withExtra ? slices[FIELDS * entry + 3] : 0);
        }
        return bytes;
    }

    /**
     * The same entries in memory of their own, which nobody takes back.
     *
     * @param withExtra whether with the extra parts; otherwise these are empty
     */
    public EntryBatch copy(boolean withExtra) {
        byte[] bytes = new byte[Math.toIntExact(copyLength(withExtra))];
        var copy = new EntryBatch(form, start, bytes, size);
        int at = 0;
        for (int entry = 0; entry < size; entry++) {
            int leafLength = leafLength(entry);
            int extraLength = withExtra ? slices[FIELDS * entry + 3] : 0;
            System.arraycopy(buffer, leafOffset(entry), bytes, at, leafLength);
            System.arraycopy(
                    buffer, slices[FIELDS * entry + 2], bytes, at + leafLength, extraLength);
            copy.add(at, leafLength, at + leafLength, extraLength);
            at += leafLength + extraLength;
        }
        return copy;
    }

    /**
     * The extra part, decoded.
     *
     * @throws IllegalArgumentException if it is not base64 although it should be
     */
    public byte[] extra(int entry) {
        int offset = slices[FIELDS * entry + 2];
        byte[] extra = Arrays.copyOfRange(buffer, offset, offset + slices[FIELDS * entry + 3]);
        return form == Form.TILE ? extra : Base64.getDecoder().decode(extra);
    }
}
