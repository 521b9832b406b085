package dev.vigie.benchmark;

import dev.vigie.ct.DataTile;
import dev.vigie.ct.EntryBatch;
import dev.vigie.ct.LogMisbehaviorException;
import dev.vigie.ct.client.GetEntriesPages;
import dev.vigie.ct.loglist.LogProtocol;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** From the bytes of an answer to its entries. Belongs to one thread. */
final class Unpacking {

    /** The header of a gzip file that has no name. */
    private static final int GZIP_HEADER = 10;

    private final LogProtocol protocol;
    private final Inflater inflater = new Inflater(true);
    private byte[] tile = new byte[1 << 19];

    Unpacking(LogProtocol protocol) {
        this.protocol = protocol;
    }

    /** The entries of an answer; those of get-entries lie in the answer itself. */
    EntryBatch unpack(RawConnection answer, LogSlice slice) throws LogMisbehaviorException {
        if (protocol == LogProtocol.STATIC) {
            int length = inflate(answer.buffer(), answer.start(), answer.length());
            return DataTile.cut(tile, length, slice.start(), slice.width());
        }
        byte[] body = answer.buffer();
        System.arraycopy(body, answer.start(), body, 0, answer.length());
        return GetEntriesPages.cut(body, answer.length(), slice.start(), slice.width());
    }

    /** Inflates a gzip file of one member; returns how long {@link #inflated} is. */
    int inflate(byte[] gzip, int start, int length) {
        inflater.reset();
        inflater.setInput(gzip, start + GZIP_HEADER, length - GZIP_HEADER);
        int inflated = 0;
        try {
            while (!inflater.finished()) {
                int more = inflater.inflate(tile, inflated, tile.length - inflated);
                if (more == 0 && inflater.needsInput()) {
                    throw new IllegalStateException("the tile is cut short");
                }
                inflated += more;
                if (inflated == tile.length) {
                    tile = Arrays.copyOf(tile, 2 * inflated);
                }
            }
        } catch (DataFormatException e) {
            throw new IllegalStateException(e);
        }
        return inflated;
    }

    /** What {@link #inflate} has made. */
    byte[] inflated() {
        return tile;
    }
}
