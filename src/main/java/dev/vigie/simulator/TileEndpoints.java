package dev.vigie.simulator;

import dev.vigie.ct.DataTile;
import dev.vigie.hash.Sha256;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Answers for what static-ct-api has below the monitoring prefix. */
final class TileEndpoints {

    private static final Pattern TILE =
            Pattern.compile("tile/(data|\\d)/((?:x\\d{3}/)*\\d{3})(?:\\.p/(\\d{1,3}))?");

    private record Place(SimulatedLog log, long tile) {}

    private final Map<Place, byte[]> fullTiles = new ConcurrentHashMap<>();

    void forget(SimulatedLog log) {
        fullTiles.keySet().removeIf(place -> place.log() == log);
    }

    /** Fills the cache, so that a benchmark measures the reader. */
    void warmUp(SimulatedLog log) {
        for (long tile = 0; (tile + 1) * DataTile.WIDTH <= log.size(); tile++) {
            fullTile(log, tile);
        }
    }

    /**
     * @param path below the log's URL
     */
    Answer answer(SimulatedLog log, String path, String origin) {
        Matcher tile = TILE.matcher(path);
        if (path.equals("checkpoint")) {
            return Answer.ok(log.treeHead(origin));
        } else if (path.equals("issuer/" + Sha256.hash(log.issuer()))) {
            return Answer.ok(log.issuer());
        } else if (tile.matches()) {
            return tile(log, tile);
        }
        return Answer.refusal(404, "not found");
    }

    private Answer tile(SimulatedLog log, Matcher tile) {
        long number = Long.parseLong(tile.group(2).replaceAll("[x/]", ""));
        int width = tile.group(3) == null ? DataTile.WIDTH : Integer.parseInt(tile.group(3));
        boolean data = tile.group(1).equals("data");
        int level = data ? 0 : Integer.parseInt(tile.group(1));
        if (number * DataTile.WIDTH + width > log.size() >> 8 * level) {
            return Answer.refusal(404, "not found");
        } else if (!data) {
            return Answer.ok(log.hashTile(level, number, width));
        }
        return Answer.okCompressed(
                width == DataTile.WIDTH
                        ? fullTile(log, number)
                        : Answer.gzip(log.dataTile(number, width)));
    }

    private byte[] fullTile(SimulatedLog log, long tile) {
        return fullTiles.computeIfAbsent(
                new Place(log, tile), key -> Answer.gzip(log.dataTile(tile, DataTile.WIDTH)));
    }
}
