package dev.vigie.ct.client;

import static dev.vigie.simulator.FaultScript.altering;
import static dev.vigie.simulator.FaultScript.body;
import static dev.vigie.simulator.FaultScript.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.vigie.ct.DataTile;
import dev.vigie.ct.EntryBatch;
import dev.vigie.ct.LogMisbehaviorException;
import dev.vigie.ct.TreeHead;
import dev.vigie.ct.loglist.LogProtocol;
import dev.vigie.ct.merkle.CompactRange;
import dev.vigie.ct.merkle.MerkleHasher;
import dev.vigie.testing.ServedLog;
import dev.vigie.testing.SharedData;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A log large enough for tiles of three levels. */
class TileRangeTest {

    private static final int SIZE = 70_000;
    private static final ServedLog SERVED = new ServedLog(LogProtocol.STATIC).grow(SIZE);
    private static final List<CompactRange> RANGES = SERVED.ranges();

    private final LogClient client = SERVED.client();

    private static TreeHead head(long size) {
        return SERVED.log().head(size);
    }

    @AfterEach
    void heal() {
        SERVED.faults().heal();
    }

    @AfterAll
    static void close() {
        SERVED.close();
    }

    @Test
    void rangesOfAnySizeAreRight() throws Exception {
        var random = new Random(256);
        for (int i = 0; i < 300; i++) {
            int n = 1 + random.nextInt(SIZE);
            int m = random.nextInt(n + 1);
            assertThat(client.rangeAt(m, head(n))).as("%d of %d", m, n).isEqualTo(RANGES.get(m));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "70000,70000,3", // 2/000.p/1 1/001.p/17 0/273.p/112
        "65536,65536,1", // 2/000.p/1
        "65536,70000,3",
        "256,256,1", // 1/000.p/1
        "255,255,1", // 0/000.p/255
        "33000,70000,4", // 1/000 0/128 1/001.p/17 0/273.p/112
        "69900,70000,3"
    })
    void eachTileIsFetchedOnce(int m, int n, int tiles) throws Exception {
        AtomicInteger fetched = SERVED.count("tile/");

        assertThat(client.rangeAt(m, head(n))).isEqualTo(RANGES.get(m));

        assertThat(fetched).hasValue(tiles);
    }

    @Test
    void fullTilesAreKept() throws Exception {
        client.rangeAt(33_000, head(SIZE));
        AtomicInteger fetched = SERVED.count("tile/");

        assertThat(client.rangeAt(33_010, head(SIZE))).isEqualTo(RANGES.get(33_010));

        assertThat(fetched).as("the two partial ones").hasValue(2);
    }

    /** L23 */
    @ParameterizedTest
    @ValueSource(ints = {403, 404, 410})
    void theFullTileStandsInForAPartialOneThatIsGone(int status) throws Exception {
        SERVED.faults().always("\\.p/", status(status));

        assertThat(client.rangeAt(500, head(1000))).isEqualTo(RANGES.get(500));
        assertThat(client.rangeAt(500, head(1001))).isEqualTo(RANGES.get(500));
    }

    /** L23: level 2 has no full tile, so 2/000.p/1 is simply missing. */
    @Test
    void ifBothAreGoneTheTileIsMissing() {
        SERVED.faults().always("\\.p/", status(404));

        assertThatExceptionOfType(LogUnavailableException.class)
                .isThrownBy(() -> client.rangeAt(SIZE, head(SIZE)))
                .satisfies(e -> assertThat(e.isMissing()).isTrue());
    }

    @Test
    void aTileThatIsOnlyBusyIsWaitedFor() {
        SERVED.faults().next(1, "\\.p/", status(503, "Retry-After", "1"));

        assertThatExceptionOfType(LogUnavailableException.class)
                .isThrownBy(() -> client.rangeAt(500, head(1000)))
                .satisfies(e -> assertThat(e.retryAfter()).contains(Duration.ofSeconds(1)));
    }

    /** L22 */
    @ParameterizedTest
    @ValueSource(ints = {0, 32, 8159, 8160, 8191, 8193, 8224})
    void aTileOfAnotherLengthIsMisbehavior(int length) {
        SERVED.faults().always("tile/0/001$", altering(tile -> Arrays.copyOf(tile, length)));

        assertThatExceptionOfType(LogMisbehaviorException.class)
                .isThrownBy(() -> client.rangeAt(500, head(1000)))
                .withMessageContaining("bytes, not 8192");
    }

    @ParameterizedTest
    @CsvSource({"tile/0/001$,0", "tile/0/001$,8191", "tile/1/000.p/3$,72", "tile/0/003.p/,31"})
    void aTileWithAnotherHashIsMisbehavior(String path, int position) throws Exception {
        SERVED.faults().next(1, path, altering(tile -> flip(tile, position)));

        assertThatExceptionOfType(LogMisbehaviorException.class)
                .isThrownBy(() -> client.rangeAt(500, head(1000)));
        assertThat(client.rangeAt(500, head(1000))).isEqualTo(RANGES.get(500));
    }

    /** The range of 33,000 leaves needs all hashes of tile 1/000 but number 128. */
    @Test
    void aKeptTileThatTurnsOutToBeWrongIsFetchedAgain() throws Exception {
        SERVED.faults().next(1, "tile/1/000$", altering(tile -> flip(tile, 128 * 32)));
        assertThat(client.rangeAt(33_000, head(SIZE))).isEqualTo(RANGES.get(33_000));

        assertThat(client.rangeAt(51_200, head(SIZE))).isEqualTo(RANGES.get(51_200));
    }

    private static byte[] flip(byte[] bytes, int position) {
        bytes[position] ^= 0x10;
        return bytes;
    }

    /** Four tiles of Navigli2025h2; the level above was not captured. */
    @Test
    void theTilesOfARealLogLeadToItsEntries() throws Exception {
        var hasher = new MerkleHasher();
        CompactRange whole = CompactRange.startingAt(0);
        var above = new ByteArrayOutputStream();
        for (int tile = 0; tile < 4; tile++) {
            String number = "00" + tile;
            SERVED.faults()
                    .always(
                            "tile/0/" + number + "$",
                            body(SharedData.read("tiles/navigli2025h2/tile/0/" + number)));
            CompactRange entries = CompactRange.startingAt(whole.end());
            append(entries, hasher, SharedData.read("tiles/navigli2025h2/tile/data/" + number));
            above.writeBytes(entries.hashes());
            whole.append(hasher, entries);
        }
        SERVED.faults().always("tile/1/000.p/4", body(above.toByteArray()));
        var head = new TreeHead(1024, whole.root(hasher));

        for (int size : new int[] {1, 255, 256, 300, 700, 768, 1023, 1024}) {
            CompactRange range = client.rangeAt(size, head);
            assertThat(range.end()).isEqualTo(size);
        }
        assertThat(client.rangeAt(1024, head)).isEqualTo(whole);
    }

    private static void append(CompactRange range, MerkleHasher hasher, byte[] dataTile)
            throws LogMisbehaviorException {
        EntryBatch batch = DataTile.cut(dataTile, dataTile.length, range.begin(), DataTile.WIDTH);
        byte[] leafHash = new byte[32];
        for (int i = 0; i < batch.size(); i++) {
            batch.leafHash(i, hasher, leafHash, 0);
            range.append(hasher, leafHash, 0);
        }
    }
}
