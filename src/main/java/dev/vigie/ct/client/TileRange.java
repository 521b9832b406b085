package dev.vigie.ct.client;

import dev.vigie.ct.LogMisbehaviorException;
import dev.vigie.ct.TreeHead;
import dev.vigie.ct.merkle.CompactRange;
import dev.vigie.ct.merkle.MerkleHasher;
import dev.vigie.hash.Sha256;
import dev.vigie.net.BoundedBody;
import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Compact ranges of a static log, from its hash tiles (c2sp.org/static-ct-api). Takes one or two
 * tiles of each level, that is, about ten small requests for a large log. Safe for use by many
 * threads.
 */
final class TileRange {

    /** Hashes in a full tile. */
    private static final int WIDTH = 256;

    /** Each hash of a tile stands for 256 of the tiles' level below. */
    private static final int BITS = 8;

    private static final int HIGHEST_LEVEL = 7;
    private static final int KEPT_TILES = 16;

    /** More than a tile, so that a longer one is told from an endless one. */
    private static final int MAX_TILE_BYTES = 1 << 16;

    private record Place(int level, long tile) {}

    private final LogHttp http;
    private final URI monitoringPrefix;

    /** Full tiles that fitted a tree head. */
    private final Map<Place, byte[]> kept =
            Collections.synchronizedMap(
                    new LinkedHashMap<>(KEPT_TILES, 0.75f, true) {
                        private static final long serialVersionUID = 1L;

                        @Override
                        protected boolean removeEldestEntry(Map.Entry<Place, byte[]> eldest) {
                            return size() > KEPT_TILES;
                        }
                    });

    TileRange(LogHttp http, URI monitoringPrefix) {
        this.http = http;
        this.monitoringPrefix = monitoringPrefix;
    }

    /** See {@link LogClient#rangeAt}. */
    CompactRange rangeAt(long size, TreeHead head)
            throws IOException, InterruptedException, LogMisbehaviorException {
        if (size < 0 || size > head.size()) {
            throw new IllegalArgumentException(size + " leaves of " + head.size());
        }
        if (size == 0 && head.size() > 0) {
            return CompactRange.startingAt(0);
        }
        Map<Place, byte[]> tiles = keptTiles();
        Optional<CompactRange> range = range(size, head, tiles);
        if (range.isEmpty() && !kept.isEmpty()) {
            // not every hash of a kept tile was needed, so a wrong one may have gone unnoticed
            kept.clear();
            tiles = new HashMap<>();
            range = range(size, head, tiles);
        }
        if (range.isEmpty()) {
            throw new LogMisbehaviorException(
                    "the log's hash tiles do not fit the root of its %d entries"
                            .formatted(head.size()));
        }
        tiles.values().removeIf(tile -> tile.length < WIDTH * Sha256.LENGTH);
        kept.putAll(tiles);
        return range.get();
    }

    private Map<Place, byte[]> keptTiles() {
        synchronized (kept) {
            return new HashMap<>(kept);
        }
    }

    /** Empty if the root does not come out. */
    private Optional<CompactRange> range(long size, TreeHead head, Map<Place, byte[]> tiles)
            throws IOException, InterruptedException, LogMisbehaviorException {
        var hasher = new MerkleHasher();
        CompactRange whole = CompactRange.startingAt(0);
        append(whole, size, head, tiles, hasher);
        CompactRange range = whole.copy();
        append(whole, head.size(), head, tiles, hasher);
        return whole.root(hasher).equals(head.root()) ? Optional.of(range) : Optional.empty();
    }

    /** Goes to {@code end} in as large steps as tiles allow. */
    private void append(
            CompactRange range,
            long end,
            TreeHead head,
            Map<Place, byte[]> tiles,
            MerkleHasher hasher)
            throws IOException, InterruptedException, LogMisbehaviorException {
        while (range.end() < end) {
            int level = 0;
            while (level < HIGHEST_LEVEL && isStep(range.end(), end, BITS * (level + 1))) {
                level++;
            }
            long hash = range.end() >> BITS * level;
            var place = new Place(level, hash / WIDTH);
            byte[] tile = tiles.get(place);
            if (tile == null) {
                tile = tile(place, head);
                tiles.put(place, tile);
            }
            range.appendSubtree(hasher, BITS * level, tile, (int) (hash % WIDTH) * Sha256.LENGTH);
        }
    }

    /** Whether a complete subtree of so many levels is next and does not go beyond the end. */
    private static boolean isStep(long start, long end, int levels) {
        return (start & (1L << levels) - 1) == 0 && end - start >= 1L << levels;
    }

    private byte[] tile(Place place, TreeHead head)
            throws IOException, InterruptedException, LogMisbehaviorException {
        long hashes = head.size() >> BITS * place.level();
        int width = (int) Math.min(WIDTH, hashes - place.tile() * WIDTH);
        if (width == WIDTH) {
            return fetch(TilePath.hashes(place.level(), place.tile()), WIDTH);
        }
        try {
            return fetch(TilePath.partialHashes(place.level(), place.tile(), width), width);
        } catch (LogUnavailableException e) {
            if (!e.isMissing()) {
                throw e;
            }
            return beginningOfFull(place, width, e);
        }
    }

    /** A partial tile may be gone as soon as the full one is there. */
    private byte[] beginningOfFull(Place place, int width, LogUnavailableException partial)
            throws IOException, InterruptedException, LogMisbehaviorException {
        try {
            byte[] full = fetch(TilePath.hashes(place.level(), place.tile()), WIDTH);
            return Arrays.copyOf(full, width * Sha256.LENGTH);
        } catch (LogUnavailableException full) {
            throw full.isMissing() ? partial : full;
        }
    }

    private byte[] fetch(String path, int width)
            throws IOException, InterruptedException, LogMisbehaviorException {
        int length = width * Sha256.LENGTH;
        BoundedBody body = http.get(monitoringPrefix.resolve(path), MAX_TILE_BYTES);
        if (body.length() != length) {
            throw new LogMisbehaviorException(
                    "the hash tile %s has %d bytes, not %d".formatted(path, body.length(), length));
        }
        return body.toByteArray();
    }
}
