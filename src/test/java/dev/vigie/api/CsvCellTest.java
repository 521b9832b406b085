package dev.vigie.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** S4: no spreadsheet takes text for a formula, and the text comes back as it was. */
class CsvCellTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "=1+1", "+1", "-1", "@SUM(1)", "\tx", "\rx", "'", "''", "'=x", "'x", "'''=", "x",
                "", " =1", "a=b", "=", "-"
            })
    void textIsHarmlessAndComesBack(String text) {
        String cell = CsvCell.harmless(text);

        assertThat(cell).doesNotStartWith("=").doesNotMatch("(?s)^[+@\\t\\r-].*");
        assertThat(CsvCell.plain(cell)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"'x", "x'", "plain"})
    void whatAPersonWroteStays(String cell) {
        assertThat(CsvCell.plain(cell)).isEqualTo(cell);
    }
}
