package dev.vigie.ct;

import org.jspecify.annotations.Nullable;

/**
 * Reads the leaves of a batch, one after the other, without creating objects. Belongs to one
 * thread; what it shows is valid until the next call of {@link #read}.
 *
 * <p>Layout: RFC 6962 section 3.4 (MerkleTreeLeaf); in tiles without the first two bytes.
 */
public final class LeafCursor {

    private static final int LEAF_INDEX_EXTENSION = 0;

    private byte[] buffer = new byte[0];
    private int position;
    private int limit;
    private long timestamp;
    private EntryType type = EntryType.X509;
    private int issuerKeyHashOffset;
    private int certificateOffset;
    private int certificateLength;
    private long leafIndex;

    /**
     * Looks at one leaf.
     *
     * @return null, or why the leaf cannot be read
     */
    public @Nullable String read(EntryBatch batch, int entry) {
        buffer = batch.buffer();
        position = batch.leafOffset(entry);
        limit = position + batch.leafLength(entry);
        certificateLength = 0;
        timestamp = 0;
        leafIndex = -1;
        if (batch.form() == EntryBatch.Form.LEAF_INPUT) {
            if (limit - position < 2) {
                return "leaf of less than two bytes";
            }
            if (buffer[position] != 0 || buffer[position + 1] != 0) {
                return "unknown leaf version %d or leaf type %d"
                        .formatted(buffer[position] & 0xff, buffer[position + 1] & 0xff);
            }
            position += 2;
        }
        return timestampedEntry();
    }

    private @Nullable String timestampedEntry() {
        if (limit - position < 10) {
            return "leaf cut short";
        }
        for (int i = 0; i < 8; i++) {
            timestamp = timestamp << 8 | buffer[position + i] & 0xff;
        }
        int entryType = uint16(position + 8);
        position += 10;
        if (entryType > 1) {
            return "unknown entry type " + entryType;
        }
        type = entryType == 0 ? EntryType.X509 : EntryType.PRECERT;
        if (type == EntryType.PRECERT) {
            issuerKeyHashOffset = position;
            position += 32;
        }
        if (limit - position < 3) {
            return "leaf cut short";
        }
        int length = uint16(position) << 8 | buffer[position + 2] & 0xff;
        position += 3;
        if (length > limit - position) {
            return "certificate runs past its leaf";
        }
        certificateOffset = position;
        certificateLength = length;
        position += length;
        return extensions();
    }

    private @Nullable String extensions() {
        if (limit - position < 2) {
            return "leaf cut short";
        }
        int length = uint16(position);
        position += 2;
        if (length != limit - position) {
            return "extensions do not end with their leaf";
        }
        while (limit - position >= 3) {
            int extensionType = buffer[position] & 0xff;
            int size = uint16(position + 1);
            position += 3;
            if (size > limit - position) {
                break;
            }
            if (extensionType == LEAF_INDEX_EXTENSION && size == 5) {
                leafIndex = 0;
                for (int i = 0; i < 5; i++) {
                    leafIndex = leafIndex << 8 | buffer[position + i] & 0xff;
                }
            }
            position += size;
        }
        return null;
    }

    private int uint16(int at) {
        return (buffer[at] & 0xff) << 8 | buffer[at + 1] & 0xff;
    }

    /**
     * When the log says that it took the entry, in milliseconds since 1970; 0 if the leaf does not
     * go that far.
     */
    public long timestamp() {
        return timestamp;
    }

    public EntryType type() {
        return type;
    }

    /** Where the certificate or, of a precertificate, the TBS begins in the batch's buffer. */
    public int certificateOffset() {
        return certificateOffset;
    }

    /** Its length; 0 if the leaf could not be read so far. */
    public int certificateLength() {
        return certificateLength;
    }

    /** Where the hash of the issuer's key is; only precertificates have one. */
    public int issuerKeyHashOffset() {
        return issuerKeyHashOffset;
    }

    /** The index that the leaf itself carries (static-ct-api), or -1. */
    public long leafIndex() {
        return leafIndex;
    }
}
