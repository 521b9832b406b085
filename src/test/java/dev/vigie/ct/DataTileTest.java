package dev.vigie.ct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.vigie.ct.merkle.MerkleHasher;
import dev.vigie.hash.Sha256;
import dev.vigie.testing.SharedData;
import dev.vigie.testing.WireBytes;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DataTileTest {

    private static final String REAL = "tiles/navigli2025h2/tile/";

    @ParameterizedTest
    @CsvSource({"000,0,256", "001,256,256", "002,512,256", "003,768,256", "003.p/10,768,10"})
    void realDataTilesHaveTheHashesOfTheHashTiles(String path, long start, int width)
            throws Exception {
        EntryBatch batch = realTile(path, start, width);
        var hashes = new byte[width * Sha256.LENGTH];
        var hasher = new MerkleHasher();
        for (int i = 0; i < width; i++) {
            batch.leafHash(i, hasher, hashes, i * Sha256.LENGTH);
        }

        assertThat(batch.range()).isEqualTo(new EntryRange(start, start + width));
        assertThat(hashes).isEqualTo(SharedData.read(REAL + "0/" + path));
        assertThat(hasher.leaf(batch.leafInput(7))).isEqualTo(Sha256.at(hashes, 7 * 32));
    }

    @ParameterizedTest
    @CsvSource({"000,0,256", "003,768,256", "003.p/10,768,10"})
    void realLeavesSayAtWhichIndexTheyAre(String path, long start, int width) throws Exception {
        EntryBatch batch = realTile(path, start, width);
        var leaf = new LeafCursor();

        for (int i = 0; i < width; i++) {
            assertThat(leaf.read(batch, i)).isNull();
            assertThat(leaf.leafIndex()).isEqualTo(batch.index(i)).isEqualTo(start + i);
            assertThat(leaf.type()).isEqualTo(EntryType.PRECERT);
        }
    }

    @Test
    void realPrecertificatesAndChainsCanBeRead() throws Exception {
        EntryBatch batch = realTile("001", 256, 256);

        for (int i = 0; i < 256; i++) {
            ExtraData extra = ExtraData.of(batch, i, EntryType.PRECERT);

            assertThat(extra.precertificate())
                    .hasValueSatisfying(der -> {
                        assertThat(der[0]).isEqualTo((byte) 0x30);
                    });
            assertThat(extra.chainFingerprints()).isNotEmpty();
            assertThat(extra.chain()).isEmpty();
        }
    }

    /** L21 */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 33, 66, 1000, 15_354})
    void aRealTileThatIsCutIsRefusedAsAWhole(int missing) {
        byte[] tile = SharedData.read(REAL + "data/003.p/10");

        assertThatExceptionOfType(LogMisbehaviorException.class)
                .isThrownBy(() -> DataTile.cut(tile, tile.length - missing, 768, 10));
    }

    /** L21 */
    @ParameterizedTest
    @ValueSource(ints = {1, 9, 11, 256})
    void aRealTileOfAnotherWidthIsRefused(int width) {
        byte[] tile = SharedData.read(REAL + "data/003.p/10");

        assertThatExceptionOfType(LogMisbehaviorException.class)
                .isThrownBy(() -> DataTile.cut(tile, tile.length, 768, width));
    }

    /** L21 */
    @Test
    void everyCutOfASmallTileIsRefused() throws Exception {
        byte[] tile = entry(0).raw(entry(1).toByteArray()).toByteArray();
        assertThat(DataTile.cut(tile, tile.length, 0, 2).size()).isEqualTo(2);

        for (int length = 0; length < tile.length; length++) {
            int cut = length;
            assertThatExceptionOfType(LogMisbehaviorException.class)
                    .isThrownBy(() -> DataTile.cut(tile, cut, 0, 2));
            assertThatExceptionOfType(LogMisbehaviorException.class)
                    .isThrownBy(() -> DataTile.cut(Arrays.copyOf(tile, cut), cut, 0, 2));
        }
    }

    /** L21 */
    @Test
    void oneByteMoreIsRefused() {
        byte[] tile = entry(0).number(1, 0).toByteArray();

        assertThatExceptionOfType(LogMisbehaviorException.class)
                .isThrownBy(() -> DataTile.cut(tile, tile.length, 0, 1))
                .withMessageContaining("goes on");
    }

    @Test
    void whatLiesBehindTheGivenLengthIsNotLookedAt() throws Exception {
        byte[] tile = entry(0).raw(new byte[100]).toByteArray();

        assertThat(DataTile.cut(tile, tile.length - 100, 0, 1).size()).isEqualTo(1);
    }

    /** L17: the entry's length cannot be known, so no later entry could be found. */
    @ParameterizedTest
    @ValueSource(ints = {2, 0x8000, 0xffff})
    void anEntryOfUnknownTypeSpoilsItsTile(int type) {
        byte[] tile = entry(type).toByteArray();

        assertThatExceptionOfType(LogMisbehaviorException.class)
                .isThrownBy(() -> DataTile.cut(tile, tile.length, 0, 1))
                .withMessageContaining("unknown type " + type);
    }

    @Test
    void aPartOfATileKeepsItsIndexes() throws Exception {
        byte[] tile =
                entry(0).raw(entry(1).toByteArray()).raw(entry(0).toByteArray()).toByteArray();

        EntryBatch middle = DataTile.cut(tile, tile.length, 512, 3).first(2).from(513);

        assertThat(middle.range()).isEqualTo(new EntryRange(513, 514));
        var leaf = new LeafCursor();
        assertThat(leaf.read(middle, 0)).isNull();
        assertThat(leaf.type()).isEqualTo(EntryType.PRECERT);
        assertThat(middle.from(513)).isSameAs(middle);
        assertThat(middle.from(600).size()).isZero();
    }

    private static WireBytes entry(int type) {
        var entry = new WireBytes().number(8, 5).number(2, type);
        if (type == 1) {
            entry.raw(new byte[32]);
        }
        entry.opaque(3, (byte) 0x30, (byte) 0).opaque(2);
        if (type == 1) {
            entry.opaque(3, (byte) 0x30);
        }
        return entry.opaque(2, new byte[32]);
    }

    private static EntryBatch realTile(String path, long start, int width)
            throws LogMisbehaviorException {
        byte[] tile = SharedData.read(REAL + "data/" + path);
        return DataTile.cut(tile, tile.length, start, width);
    }
}
