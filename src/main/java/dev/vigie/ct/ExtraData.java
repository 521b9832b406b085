package dev.vigie.ct;

import dev.vigie.hash.Sha256;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The part of an entry that the tree hash does not cover: the precertificate as it was submitted
 * and its chain, in RFC 6962 as certificates, in tiles as their SHA-256 values. A log can put
 * anything here.
 */
public record ExtraData(
        Optional<byte[]> precertificate, List<byte[]> chain, List<Sha256> chainFingerprints) {

    /**
     * Reads the extra part of an entry.
     *
     * @throws IllegalArgumentException if it does not follow RFC 6962 section 3.1 or static-ct-api
     */
    public static ExtraData of(EntryBatch batch, int entry, EntryType type) {
        var reader = new Reader(batch.extra(entry));
        Optional<byte[]> precertificate =
                type == EntryType.PRECERT ? Optional.of(reader.opaque(3)) : Optional.empty();
        List<byte[]> chain = new ArrayList<>();
        List<Sha256> fingerprints = new ArrayList<>();
        if (batch.form() == EntryBatch.Form.TILE) {
            var list = new Reader(reader.opaque(2));
            while (list.hasMore()) {
                fingerprints.add(Sha256.of(list.take(Sha256.LENGTH)));
            }
        } else {
            var list = new Reader(reader.opaque(3));
            while (list.hasMore()) {
                chain.add(list.opaque(3));
            }
        }
        if (reader.hasMore()) {
            throw new IllegalArgumentException("bytes after the chain");
        }
        return new ExtraData(precertificate, List.copyOf(chain), List.copyOf(fingerprints));
    }

    private static final class Reader {
        private final byte[] bytes;
        private int position;

        Reader(byte[] bytes) {
            this.bytes = bytes;
        }

        boolean hasMore() {
            return position < bytes.length;
        }

        byte[] opaque(int lengthBytes) {
            int length = 0;
            for (byte b : take(lengthBytes)) {
                length = length << 8 | b & 0xff;
            }
            return take(length);
        }

        byte[] take(int length) {
            if (length > bytes.length - position) {
                throw new IllegalArgumentException("extra data cut short");
            }
            byte[] taken = new byte[length];
            System.arraycopy(bytes, position, taken, 0, length);
            position += length;
            return taken;
        }
    }
}
