package dev.vigie.ct.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.vigie.net.AddressGuard;
import dev.vigie.testing.RawHttpServer;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of the answers by which a log refuses. */
class LogUnavailableExceptionTest {

    private static final int MAX = 1 << 16;
    private static final byte[] BODY = "a whole body".getBytes(ISO_8859_1);
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private final LogHttp http =
            new LogHttp(AddressGuard.allowingAll(), "Vigie", Duration.ofSeconds(20), () -> NOW);

    @AfterEach
    void closeClient() {
        http.close();
    }

    static Stream<Arguments> redirects() {
        return Stream.of(301, 302, 303, 307, 308)
                .flatMap(status ->
                        Stream.of(
                                        "http://169.254.169.254/latest",
                                        "file:///etc/passwd",
                                        "%s",
                                        "http://a.test/\u001b[31m\u00ff")
                                .map(target -> arguments(status, target)));
    }

    /** H10 */
    @ParameterizedTest
    @MethodSource("redirects")
    void redirectsAreToldButNotFollowed(int status, String target) {
        try (var elsewhere = RawHttpServer.serving("", BODY);
                var server =
                        RawHttpServer.saying(
                                "HTTP/1.1 %d Moved\r\nLocation: %s\r\nContent-Length: 0\r\n\r\n"
                                        .formatted(status, target.formatted(elsewhere.url())))) {
            IOException refused =
                    catchThrowableOfType(IOException.class, () -> http.get(server.url(), MAX));

            assertThat(elsewhere.connections()).isZero();
            assertThat(server.connections()).isEqualTo(1);
            assertThat(refused.getMessage()).matches("[ -~…]*");
            if (refused instanceof LogUnavailableException e) {
                assertThat(e).hasMessageContaining("HTTP %d: redirect to ".formatted(status));
                assertThat(e.isMissing()).isFalse();
            } else {
                assertThat(target).contains("\u001b");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "429,120,PT2M",
        "503,0,PT1S",
        "429,-1,",
        "429,1000000000,PT1H",
        "429,'Sun, 22 Nov 2026 09:00:00 GMT',PT1S",
        "503,'Sun, 22 Nov 2026 10:00:30 UTC',PT30S",
        "429,'Tue, 22 Dec 2099 10:00:00 GMT',PT1H",
        "429,soon,",
        "500,10,PT10S"
    })
    void whatRetryAfterSaysIsKeptWithinReason(int status, String header, Duration wait) {
        String answer = "HTTP/1.1 %d No\r\nRetry-After: %s\r\nContent-Length: 0\r\n\r\n";
        try (var server = RawHttpServer.saying(answer.formatted(status, header))) {
            assertThatExceptionOfType(LogUnavailableException.class)
                    .isThrownBy(() -> http.get(server.url(), MAX))
                    .satisfies(e -> assertThat(e.retryAfter().orElse(null)).isEqualTo(wait));
        }
    }

    /** H11 */
    @Test
    void fourKilobytesOfRetryAfterSayNothing() {
        String answer = "HTTP/1.1 429 No\r\nRetry-After: %s\r\nContent-Length: 0\r\n\r\n";
        try (var server = RawHttpServer.saying(answer.formatted("9".repeat(4096)))) {
            assertThatExceptionOfType(LogUnavailableException.class)
                    .isThrownBy(() -> http.get(server.url(), MAX))
                    .satisfies(e -> assertThat(e.retryAfter()).isEmpty());
        }
    }

    /** H13: the statuses of protocol.md's object stores for what is not there are 404, 403, 410. */
    @ParameterizedTest
    @CsvSource({
        "204,false",
        "206,false",
        "304,false",
        "400,false",
        "401,false",
        "403,true",
        "404,true",
        "410,true",
        "418,false",
        "429,false",
        "500,false",
        "503,false",
        "599,false"
    })
    void everyStatusBut200IsARefusal(int status, boolean missing) {
        String body = status == 204 || status == 304 ? "" : "Content-Length: 2\r\n";
        String text = body.isEmpty() ? "" : "no";
        String answer = "HTTP/1.1 %d X\r\n%s\r\n%s".formatted(status, body, text);
        try (var server = RawHttpServer.saying(answer)) {
            assertThatExceptionOfType(LogUnavailableException.class)
                    .isThrownBy(() -> http.get(server.url(), MAX))
                    .withMessage("HTTP %d" + (text.isEmpty() ? "" : ": no"), status)
                    .satisfies(e -> assertThat(e.isMissing()).isEqualTo(missing));
        }
    }

    /** H13 */
    @Test
    void aHostileErrorPageIsCutAndMadeInert() {
        String page = "<script>\u001b[31m\r\n\0" + "x".repeat(100_000);
        String answer = "HTTP/1.1 503 No\r\nContent-Length: %d\r\n\r\n%s";
        try (var server = RawHttpServer.saying(answer.formatted(1 << 30, page))) {
            assertThatExceptionOfType(LogUnavailableException.class)
                    .isThrownBy(() -> http.get(server.url(), MAX))
                    .satisfies(e -> assertThat(e.getMessage()).matches("[ -~…]{50,300}"));
        }
    }
}
