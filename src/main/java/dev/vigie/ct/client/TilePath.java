package dev.vigie.ct.client;

/** Paths of tiles below a log's prefix (c2sp.org/static-ct-api, c2sp.org/tlog-tiles). */
public final class TilePath {

    private TilePath() {}

    /** The full data tile with this number. */
    public static String data(long tile) {
        return "tile/data/" + number(tile);
    }

    /** The data tile with this number as long as it has only so many entries. */
    public static String partialData(long tile, int width) {
        return data(tile) + ".p/" + width;
    }

    /** The full tile of hashes at this level. */
    public static String hashes(int level, long tile) {
        return "tile/" + level + "/" + number(tile);
    }

    /** The tile of hashes at this level as long as it has only so many. */
    public static String partialHashes(int level, long tile, int width) {
        return hashes(level, tile) + ".p/" + width;
    }

    /** In groups of three digits, all but the last with an x: 1234067 is x001/x234/067. */
    static String number(long tile) {
        var path = new StringBuilder("%03d".formatted(tile % 1000));
        for (long rest = tile / 1000; rest > 0; rest /= 1000) {
            path.insert(0, "x%03d/".formatted(rest % 1000));
        }
        return path.toString();
    }
}
