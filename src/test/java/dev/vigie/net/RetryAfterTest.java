package dev.vigie.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** H11 */
class RetryAfterTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "1,PT1S",
        "' 30 ',PT30S",
        "0,PT1S",
        "0120,PT2M",
        "3600,PT1H",
        "3601,PT1H",
        "1000000000,PT1H",
        "999999999999999999,PT1H",
        "'Sun, 22 Nov 2026 10:00:30 GMT',PT30S",
        "'Sun, 22 Nov 2026 10:00:30 UTC',PT30S",
        "'Sun, 22 Nov 2026 11:00:30 CET',PT30S",
        "'Tue, 1 Dec 2026 10:00:00 GMT',PT1H",
        "'Sun, 22 Nov 2026 10:00:00 GMT',PT1S",
        "'Sun, 06 Nov 1994 08:49:37 GMT',PT1S",
        "'Tue, 22 Dec 2099 10:00:00 GMT',PT1H"
    })
    void theWaitIsBetweenASecondAndTheMaximum(String header, Duration wait) {
        assertThat(RetryAfter.parse(header, NOW, Duration.ofHours(1))).contains(wait);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "-1",
                "+5",
                "1.5",
                "1e9",
                "١٢",
                "soon",
                "9999999999999999999",
                "Sun, 22 Nov 2026",
                "Mon, 22 Nov 2026 10:00:30 GMT",
                "Sun, 32 Nov 2026 10:00:30 GMT",
                "Sun, 22 Nov 2026 10:00:30 XYZ",
                "2026-11-22T10:00:30Z",
                "\r\n"
            })
    void whatCannotBeUnderstoodSaysNothing(String header) {
        assertThat(RetryAfter.parse(header, NOW, Duration.ofHours(1))).isEmpty();
    }

    @Test
    void fourKilobytesSayNothing() {
        assertThat(RetryAfter.parse("1".repeat(4096), NOW, Duration.ofHours(1))).isEmpty();
    }
}
