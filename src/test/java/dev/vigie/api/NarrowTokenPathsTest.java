package dev.vigie.api;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vigie.testing.Api;
import dev.vigie.testing.DatabaseTest;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** However a path is written, a narrow token, or none, opens nothing behind it (A14). */
@QuarkusTest
@DatabaseTest
@NullUnmarked
class NarrowTokenPathsTest {

    private static String narrow; // one for all, made when it is needed

    @BeforeEach
    void makeToken() {
        narrow = narrow == null ? token() : narrow;
    }

    private static String token() {
        return Api.post(
                        "/tokens",
                        Map.of(
                                "name",
                                "narrow",
                                "scope",
                                "authorise",
                                "watchlistId",
                                Api.addWatchlist("narrow")))
                .statusCode(201)
                .extract()
                .path("token");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/channels",
                "//api/v1/channels",
                "///api/v1/channels",
                "/api//v1/channels",
                "/./api/v1/channels",
                "/x/../api/v1/channels",
                "/alerts/../api/v1/channels",
                "/confirm/../api/v1/channels",
                "/%61pi/v1/channels",
                "/api%2fv1/channels",
                "/%2e/api/v1/channels",
                "/%2fapi/v1/channels",
                "/;x/api/v1/channels",
                "/api;x/v1/channels",
                "/API/v1/channels",
                "/\\api/v1/channels",
                "/api/v1/channels/",
                "/api/v1/channels?x=/confirm",
                "/api/v1/channels#/confirm"
            })
    void writtenInAnotherWayItIsStillRefused(String path) throws IOException {
        for (String token : new String[] {narrow, "", null}) {
            String answer = get(path, token);

            assertThat(answer).matches("(?s)HTTP/1.1 (400|401|403|404|405) .*");
            assertThat(answer).doesNotContain("\"items\"");
        }
    }

    /** Word for word, since clients tidy up what they send. */
    private static String get(String path, String token) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), RestAssured.port)) {
            socket.getOutputStream()
                    .write(
                            ("GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n%s\r\n")
                                    .formatted(
                                            path,
                                            token == null
                                                    ? ""
                                                    : "Authorization: Bearer " + token + "\r\n")
                                    .getBytes(US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), US_ASCII);
        }
    }
}
