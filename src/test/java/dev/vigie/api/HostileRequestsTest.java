package dev.vigie.api;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.vigie.testing.Api;
import dev.vigie.testing.DatabaseTest;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What nobody sends who means well. */
@QuarkusTest
@DatabaseTest
@NullUnmarked
class HostileRequestsTest {

    private static final String NO_ALERT = "00000000-0000-0000-0000-000000000001";

    static Stream<Arguments> bodies() {
        return Stream.of(
                arguments("A01 depth", "[".repeat(100_000)),
                arguments("A01 depth", "{\"name\":".repeat(100_000)),
                arguments("A01 keys", keys(60_000)),
                arguments("A01 duplicate", "{\"name\":\"a\",\"name\":\"b\"}"),
                arguments("A01 number", "{\"name\":\"a\",\"enabled\":1e400}"),
                arguments("A01 text", "{\"name\":\"" + "a".repeat(900_000) + "\"}"),
                arguments("A01 rest", "{\"name\":\"a\"} {"),
                arguments("A01 not a number", "{\"name\":NaN}"),
                arguments(
                        "A04 id",
                        "{\"name\":\"a\",\"id\":\"00000000-0000-0000-0000-000000000000\"}"),
                arguments("A04 role", "{\"name\":\"a\",\"role\":\"admin\"}"),
                arguments("A04 creator", "{\"name\":\"a\",\"createdBy\":\"me\"}"),
                arguments("A04 internal", "{\"name\":\"a\",\"internal\":true}"),
                arguments("A04 version", "{\"name\":\"a\",\"version\":0}"));
    }

    private static String keys(int count) {
        var body = new StringBuilder("{");
        for (int i = 0; i < count; i++) {
            body.append('"').append(i).append("\":1,");
        }
        return body.append("\"name\":\"a\"}").toString();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bodies")
    void aBodyThatIsNotWhatIsAskedForIsRefused(String row, String body) throws Exception {
        HttpResponse<String> answer = post(body);

        assertThat(answer.statusCode()).as(row).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValueSatisfying(
                        type -> assertThat(type).startsWith("application/problem+json"));
    }

    /** Without a library that reads what is sent. */
    private static HttpResponse<String> post(String body) throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(
                                    URI.create(
                                            "http://localhost:%d/api/v1/watchlists"
                                                    .formatted(RestAssured.port)))
                            .header("Authorization", "Bearer " + Api.TOKEN)
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    @Test
    void aBodyThatIsTooLongIsNotRead() throws Exception {
        assertThat(post("{\"name\":\"" + "a".repeat(2_000_000) + "\"}").statusCode())
                .isEqualTo(413);
    }

    @Test
    void aLengthThatNobodyCanSendIsRefusedAtOnce() throws IOException {
        assertThat(
                        exchange(
                                "POST /api/v1/watchlists HTTP/1.1\r\nHost: localhost\r\n"
                                        + "Content-Type: application/json\r\n"
                                        + "Content-Length: 1073741824\r\n"
                                        + "Authorization: Bearer "
                                        + Api.TOKEN
                                        + "\r\n\r\n{"))
                .matches("(?s)HTTP/1.1 413.*");
    }

    @Test
    void aBodyOfNoTypeMayBeNoLongerThanOthers() throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            HttpRequest request =
                    HttpRequest.newBuilder(
                                    URI.create(
                                            "http://localhost:%d/api/v1/watchlists"
                                                    .formatted(RestAssured.port)))
                            .header("Authorization", "Bearer " + Api.TOKEN)
                            .POST(
                                    HttpRequest.BodyPublishers.ofString(
                                            "{\"name\":\"%s\"}".formatted("a".repeat(2_000_000))))
                            .build();
            HttpResponse<String> answer =
                    client.send(request, HttpResponse.BodyHandlers.ofString());

            assertThat(answer.statusCode()).isEqualTo(413);
            assertThat(answer.headers().firstValue("Content-Type"))
                    .hasValue("application/problem+json");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "DELETE"})
    void whatOnlyNamesSomethingBringsNoBody(String method) throws IOException {
        for (String body : List.of("Content-Length: 1", "Transfer-Encoding: chunked")) {
            assertThat(
                            exchange(
                                    ("%s /api/v1/watchlists/%s HTTP/1.1\r\nHost: localhost\r\n"
                                                    + "%s\r\nAuthorization: Bearer %s\r\n\r\n"
                                                    + "1\r\n{\r\n")
                                            .formatted(method, UUID.randomUUID(), body, Api.TOKEN)))
                    .startsWith("HTTP/1.1 413");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Content-Length: 0\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"})
    void anEmptyBodyIsNotWaitedFor(String body) throws IOException {
        assertThat(
                        exchange(
                                ("POST /api/v1/watchlists HTTP/1.1\r\nHost: localhost\r\n"
                                                + "Content-Type: application/json\r\n"
                                                + "Authorization: Bearer %s\r\n%s")
                                        .formatted(Api.TOKEN, body)))
                .startsWith("HTTP/1.1 400");
    }

    @Test
    void aStrangerMayNotSayMuch() {
        RestAssured.given()
                .contentType("application/json")
                .body("{\"name\":\"%s\"}".formatted("a".repeat(100_000)))
                .post("/api/v1/session")
                .then()
                .statusCode(413);
    }

    /** A02: others are answered meanwhile, and it ends. */
    @ParameterizedTest
    @ValueSource(strings = {"POST /api/v1/watchlists", "GET /alerts/" + NO_ALERT})
    void whoeverDripsABodyIsCutOffAndDelaysNobody(String what) throws Exception {
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 300; i++) {
                var socket = new Socket(InetAddress.getLoopbackAddress(), RestAssured.port);
                slow.add(socket);
                socket.getOutputStream()
                        .write(
                                (what
                                                + " HTTP/1.1\r\nHost: localhost\r\n"
                                                + "Content-Type: application/json\r\n"
                                                + "Transfer-Encoding: chunked\r\nAuthorization: Bearer "
                                                + Api.TOKEN
                                                + "\r\n\r\n1\r\n{\r\n")
                                        .getBytes(US_ASCII));
            }
            Api.get("/watchlists").statusCode(200);
            for (Socket socket : slow) {
                assertThat(dripUntilClosed(socket)).isTrue();
            }
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    private static boolean dripUntilClosed(Socket socket) throws Exception {
        socket.setSoTimeout(100);
        InputStream in = socket.getInputStream();
        OutputStream out = socket.getOutputStream();
        for (int i = 0; i < 1_000; i++) {
            try {
                out.write("1\r\n \r\n".getBytes(US_ASCII));
                if (in.read() < 0) {
                    return true;
                }
            } catch (java.net.SocketTimeoutException e) {
                // still open
            } catch (SocketException e) {
                return true;
            }
        }
        return false;
    }

    static Stream<String> badTokens() {
        return Stream.of(
                "Bearer",
                "Bearer ",
                "Bearer  ",
                "Basic YTpi",
                "Bearer " + "a".repeat(5_000),
                "Bearer " + Api.TOKEN + "x",
                "Bearer " + Api.TOKEN.substring(1),
                "Bearer vgt_" + "0".repeat(72),
                "Bearer vgt_" + "0".repeat(64),
                Api.TOKEN);
    }

    /** A06: and all of them read the same. */
    @ParameterizedTest
    @MethodSource("badTokens")
    void aTokenThatIsNoneIsRefusedWithTheSameWords(String header) {
        Response answer =
                RestAssured.given().header("Authorization", header).get("/api/v1/watchlists");

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body().asString())
                .isEqualTo(RestAssured.get("/api/v1/watchlists").body().asString())
                .contains("A valid token is needed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"token", "access_token", "authorization"})
    void aTokenInTheAddressIsNotTaken(String parameter) {
        RestAssured.given()
                .queryParam(parameter, Api.TOKEN)
                .get("/api/v1/watchlists")
                .then()
                .statusCode(401);
    }

    static Stream<Arguments> searches() {
        return Stream.of(
                arguments("/matches?name=%25", 200),
                arguments("/matches?name=_", 200),
                arguments("/matches?name='", 200),
                arguments("/matches?name=%5C", 200),
                arguments("/matches?name=;--", 200),
                arguments("/matches?name=" + "a".repeat(300), 400),
                arguments("/matches?name=%00", 400),
                arguments("/incidents?logId=%00", 400),
                arguments("/matches?limit=1000000000", 400),
                arguments("/matches?limit=-1", 400),
                arguments("/matches?limit=x", 404),
                arguments("/matches?after=AAAA", 400),
                arguments("/matches?after='", 400),
                arguments("/matches?status=1;drop", 400),
                arguments("/audit?sort=position", 400),
                arguments("/audit?subject=%25&actor='", 200));
    }

    /** A12. */
    @ParameterizedTest
    @MethodSource("searches")
    void whatIsLookedForIsTextAndNothingElse(String path, int status) {
        Response answer = Api.as(Api.TOKEN).urlEncodingEnabled(false).get(path);

        assertThat(answer.statusCode()).as(answer.body().asString()).isEqualTo(status);
        assertThat(answer.contentType()).contains("json");
    }

    @Test
    void aTextIsSearchedForAndNotAPattern() {
        Api.get("/matches?limit=500&name=%").body("items.size()", org.hamcrest.Matchers.equalTo(0));
    }

    /** A11: no page of others can read anything, frame anything or have it taken for something. */
    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example", "null", "http://localhost:8080"})
    void nothingIsSharedWithOtherOrigins(String origin) {
        Response answer = Api.as(Api.TOKEN).header("Origin", origin).get("/watchlists");

        assertThat(answer.headers().hasHeaderWithName("Access-Control-Allow-Origin")).isFalse();
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.header("Content-Security-Policy"))
                .contains("default-src 'none'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(answer.header("Strict-Transport-Security")).isEqualTo("max-age=31536000");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(answer.headers().getValues("Content-Security-Policy")).hasSize(1);
    }

    static Stream<Arguments> requests() {
        String auth = "Authorization: Bearer " + Api.TOKEN + "\r\n";
        return Stream.of(
                arguments("TRACE /api/v1/watchlists HTTP/1.1\r\nHost: a\r\n" + auth, "405"),
                arguments(
                        "PUT /api/v1/watchlists HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n"
                                + auth,
                        "405"),
                arguments(
                        "GET /api/v1/watchlists HTTP/1.1\r\nHost: a\r\nX-HTTP-Method-Override: DELETE\r\n"
                                + auth,
                        "200"),
                arguments(
                        "POST /api/v1/watchlists HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n"
                                + "Transfer-Encoding: chunked\r\nContent-Type: application/json\r\n"
                                + auth
                                + "\r\n0\r\n",
                        "400"),
                arguments(
                        "GET /api/v1/watchlists HTTP/1.1\r\nHost: a\r\nX: a\r\n b\r\n",
                        "(400|401)"),
                arguments("GET /api/v1/watch%00lists HTTP/1.1\r\nHost: a\r\n" + auth, "(400|404)"),
                arguments(
                        "GET /api/v1/watchlists;jsessionid=1 HTTP/1.1\r\nHost: a\r\n" + auth,
                        "(200|404)"));
    }

    /** A14. */
    @ParameterizedTest
    @MethodSource("requests")
    void anOddRequestDoesNothingElse(String head, String status) throws IOException {
        assertThat(exchange(head + "Connection: close\r\n\r\n"))
                .matches("(?s)HTTP/1.1 " + status + ".*");
    }

    /** Links are made of the configuration. */
    @Test
    void theHostOfARequestIsNotBelieved() throws IOException {
        String body = "{\"name\":\"hosted\"}";
        String answer =
                exchange(
                        ("POST /api/v1/watchlists HTTP/1.1\r\nHost: evil.example\r\n"
                                        + "Content-Type: application/json\r\nContent-Length: %d\r\n"
                                        + "Authorization: Bearer %s\r\nConnection: close\r\n\r\n%s")
                                .formatted(body.length(), Api.TOKEN, body));

        assertThat(answer).startsWith("HTTP/1.1 201").doesNotContain("evil.example");
    }

    /** A15. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/q/dev",
                "/q/dev-ui",
                "/q/arc",
                "/h2",
                "/h2-console",
                "/q/logstream",
                "/application.properties",
                "/META-INF/MANIFEST.MF"
            })
    void nothingOfTheInsideIsShown(String path) {
        assertThat(RestAssured.get(path).statusCode()).isEqualTo(404);
    }

    private static String exchange(String request) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), RestAssured.port)) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request.getBytes(US_ASCII));
            byte[] answer = new byte[100_000];
            int length = socket.getInputStream().readNBytes(answer, 0, 12);
            length +=
                    Math.max(
                            0,
                            socket.getInputStream().read(answer, length, answer.length - length));
            return new String(answer, 0, length, US_ASCII);
        }
    }

    @Test
    void unusualMediaTypesAreRefused() {
        for (String type :
                List.of("text/plain", "application/x-www-form-urlencoded", "application/xml")) {
            Api.as(Api.TOKEN)
                    .contentType(type)
                    .body("{}")
                    .post("/watchlists")
                    .then()
                    .statusCode(415);
        }
    }
}
