package dev.vigie.benchmark;

import dev.vigie.ct.DataTile;
import dev.vigie.ct.client.TilePath;
import dev.vigie.ct.loglist.LogProtocol;
import java.util.ArrayList;
import java.util.List;

/**
 * What one request asks for.
 *
 * @param path below the log's URL
 * @param start leaf index of its first entry
 * @param width how many entries
 */
record LogSlice(String path, long start, int width) {

    /** All requests that a whole log takes, in order. */
    static List<LogSlice> of(LogProtocol protocol, int entries, int page) {
        int width = protocol == LogProtocol.STATIC ? DataTile.WIDTH : page;
        List<LogSlice> slices = new ArrayList<>();
        for (int start = 0; start < entries; start += width) {
            int size = Math.min(width, entries - start);
            slices.add(new LogSlice(path(protocol, start, size), start, size));
        }
        return slices;
    }

    private static String path(LogProtocol protocol, int start, int size) {
        if (protocol == LogProtocol.RFC6962) {
            return "ct/v1/get-entries?start=%d&end=%d".formatted(start, start + size - 1);
        }
        int tile = start / DataTile.WIDTH;
        return size == DataTile.WIDTH ? TilePath.data(tile) : TilePath.partialData(tile, size);
    }
}
