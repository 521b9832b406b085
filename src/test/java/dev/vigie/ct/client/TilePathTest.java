package dev.vigie.ct.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TilePathTest {

    @ParameterizedTest
    @CsvSource({
        "0,000",
        "7,007",
        "255,255",
        "999,999",
        "1000,x001/000",
        "1001,x001/001",
        "999999,x999/999",
        "1000000,x001/x000/000",
        "1234067,x001/x234/067",
        "6202854,x006/x202/854",
        "9223372036854775807,x009/x223/x372/x036/x854/x775/807"
    })
    void numbersAreWrittenInGroupsOfThreeDigits(long tile, String path) {
        assertThat(TilePath.data(tile)).isEqualTo("tile/data/" + path);
        assertThat(TilePath.hashes(3, tile)).isEqualTo("tile/3/" + path);
    }

    @Test
    void aPartialTileNamesItsWidth() {
        assertThat(TilePath.partialData(6_202_854, 176)).isEqualTo("tile/data/x006/x202/854.p/176");
    }
}
