package dev.vigie.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Properties;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** URLs of databases that would lose something are refused (G02). */
@NullUnmarked
class DatabaseCheckTest {

    private static final String GOOD =
            ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH";

    @ParameterizedTest(name = "G02 {0}")
    @CsvSource({
        "jdbc:h2:file:/d/vigie, ;WRITE_DELAY=0",
        "jdbc:h2:file:/d/vigie;WRITE_DELAY=05, ;WRITE_DELAY=0",
        "jdbc:h2:file:/d/vigie;WRITE_DELAY=500, ;WRITE_DELAY=0",
        "jdbc:h2:file:/d/vigie;WRITE_DELAY=0;AUTO_SERVER=true, AUTO_SERVER",
        "jdbc:h2:mem:vigie;WRITE_DELAY=0, in memory",
        "jdbc:h2:nioMemFS:vigie;WRITE_DELAY=0, jdbc:h2:file:",
        "jdbc:h2:./vigie;WRITE_DELAY=0, jdbc:h2:file:",
        "jdbc:h2:tcp://db.example/vigie;WRITE_DELAY=0, jdbc:h2:file:",
    })
    void anEmbeddedDatabaseThatForgetsIsRefused(String url, String reason) {
        assertThat(DatabaseCheck.refusal(url + GOOD, new Properties()).orElseThrow())
                .contains(reason)
                .endsWith(".");
    }

    @Test
    void g02WhatIsMissingIsNamed() {
        assertThat(DatabaseCheck.refusal("jdbc:h2:file:/d/vigie;write_delay=0", new Properties()))
                .contains(
                        "The URL of an H2 database must contain"
                                + " ;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH.");
    }

    @Test
    void g02TheUrlThatWeShipIsTaken() {
        assertThat(H2Url.refusal("jdbc:h2:file:./data/vigie;WRITE_DELAY=0" + GOOD)).isEmpty();
    }
}
