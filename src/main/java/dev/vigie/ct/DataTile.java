package dev.vigie.ct;

/** Cuts a data tile of static-ct-api into its entries. */
public final class DataTile {

    /** Entries in a full tile. */
    public static final int WIDTH = 256;

    private final byte[] buffer;
    private final int length;
    private int position;

    private DataTile(byte[] buffer, int length) {
        this.buffer = buffer;
        this.length = length;
    }

    /**
     * Cuts the first {@code length} bytes of the buffer, which must hold exactly {@code width}
     * entries and nothing else.
     *
     * @param start leaf index of the tile's first entry
     */
    public static EntryBatch cut(byte[] buffer, int length, long start, int width)
            throws LogMisbehaviorException {
        return new DataTile(buffer, length).cut(start, width);
    }

    private EntryBatch cut(long start, int width) throws LogMisbehaviorException {
        var batch = new EntryBatch(EntryBatch.Form.TILE, start, buffer, width);
        for (int i = 0; i < width; i++) {
            int leaf = position;
            skip(8);
            int type = number(2);
            if (type > 1) {
                throw new LogMisbehaviorException(
                        "entry %d of the data tile is of unknown type %d".formatted(i, type));
            }
            skip(type == 1 ? 32 : 0);
            skip(number(3));
            skip(number(2));
            int extra = position;
            if (type == 1) {
                skip(number(3));
            }
            skip(number(2));
            batch.add(leaf, extra - leaf, extra, position - extra);
        }
        if (position != length) {
            throw new LogMisbehaviorException(
                    "the data tile goes on after its %d entries".formatted(width));
        }
        return batch;
    }

    private int number(int bytes) throws LogMisbehaviorException {
        int at = position;
        skip(bytes);
        int number = 0;
        for (int i = 0; i < bytes; i++) {
            number = number << 8 | buffer[at + i] & 0xff;
        }
        return number;
    }

    private void skip(int bytes) throws LogMisbehaviorException {
        if (bytes > length - position) {
            throw new LogMisbehaviorException("the data tile ends inside an entry");
        }
        position += bytes;
    }
}
