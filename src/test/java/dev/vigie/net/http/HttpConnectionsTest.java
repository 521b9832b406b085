package dev.vigie.net.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which connections there are, and for how long. */
@Timeout(60)
class HttpConnectionsTest {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(200);

    /** What the next names lead to. */
    private final AtomicReference<List<InetAddress>> addresses =
            new AtomicReference<>(List.of(loopback(1)));

    private final AtomicInteger resolved = new AtomicInteger();
    private final HttpConnections http = http(LONG, LONG);

    private HttpConnections http(Duration requestTimeout, Duration longestIdle) {
        try {
            return new HttpConnections(
                    host -> {
                        resolved.incrementAndGet();
                        return addresses.get();
                    },
                    SSLContext.getDefault(),
                    "Vigie",
                    requestTimeout,
                    longestIdle);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static InetAddress loopback(int last) {
        try {
            return InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) last});
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    @AfterEach
    void close() {
        http.close();
    }

    private static String get(HttpConnections http, URI url) throws IOException {
        try (HttpAnswer answer = http.send(GetRequest.of(url, false))) {
            return new String(answer.body().readAllBytes(), ISO_8859_1);
        }
    }

    @Test
    void oneConnectionCarriesManyRequests() throws Exception {
        try (var server = TalkingServer.answering("again")) {
            for (int i = 0; i < 20; i++) {
                assertThat(get(http, server.url())).isEqualTo("again");
            }

            assertThat(server.connections()).isOne();
            assertThat(resolved).hasValue(1);
        }
    }

    @Test
    void aRequestSaysWhatItMustAndNoMore() throws Exception {
        try (var server = TalkingServer.answering("")) {
            URI url = URI.create("http://CT.test:%d/a%%20b/\u00e9?x=1&y".formatted(server.port()));
            http.send(GetRequest.of(url, true)).close();

            assertThat(server.heads())
                    .containsExactly(
                            """
                            GET /a%%20b/%%C3%%A9?x=1&y HTTP/1.1\r
                            Host: ct.test:%d\r
                            User-Agent: Vigie\r
                            Accept: */*\r
                            Accept-Encoding: gzip\r
                            Cache-Control: no-cache\r
                            \r
                            """
                                    .formatted(server.port()));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://x:0/",
                "http://x:65536/",
                "http:///x",
                "ftp://x/",
                "mailto:a@b",
                "x",
                "http://user@x/",
                "//x/",
                "http:x"
            })
    void anAddressWhereNothingCanBeAskedIsRefused(String address) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GetRequest.of(URI.create(address), false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/ HTTP/1.1\r\nX: y", "/a b", "/\u00e9", "/\n"})
    void nothingCanBePutBetweenTheLines(String target) {
        HttpOrigin origin = HttpOrigin.of(URI.create("http://x/"));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new GetRequest(origin, target, false));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new GetRequest(new HttpOrigin(false, target, 80), "/", false));
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new HttpConnections(
                                host -> List.of(),
                                SSLContext.getDefault(),
                                "Vigie\r\nX: y",
                                LONG,
                                LONG));
    }

    /** H20 */
    @Test
    void aConnectionThatTheServerHasClosedMeanwhileIsReplaced() throws Exception {
        var server =
                new TalkingServer(line -> {
                    line.isAsked();
                    line.answer("one each");
                });
        try (server) {
            for (int i = 1; i < 5; i++) {
                assertThat(get(http, server.url())).isEqualTo("one each");
                await().until(() -> server.open() == 0);
                assertThat(server.connections()).isEqualTo(i);
            }
        }
    }

    /** H20 */
    @Test
    void aKeptConnectionThatIsResetWhenAskedIsReplaced() throws Exception {
        var server =
                new TalkingServer(line -> {
                    line.isAsked();
                    line.answer("one each");
                    line.isAsked();
                    line.reset();
                });
        try (server) {
            assertThat(get(http, server.url())).isEqualTo("one each");
            assertThat(get(http, server.url())).isEqualTo("one each");
            assertThat(server.connections()).isEqualTo(2);
        }
    }

    @Test
    void onlyOnceAndOnlyBeforeAnAnswerHasBegun() throws Exception {
        var number = new AtomicInteger();
        var server =
                new TalkingServer(line -> {
                    line.isAsked();
                    if (number.incrementAndGet() != 2) {
                        line.answer("first");
                        line.isAsked();
                    }
                    if (number.get() == 3) {
                        line.say("H");
                    }
                });
        try (server) {
            get(http, server.url());
            assertThatIOException().isThrownBy(() -> get(http, server.url()));
            assertThat(server.connections()).isEqualTo(2);
            get(http, server.url());
            assertThatIOException().isThrownBy(() -> get(http, server.url()));
            assertThat(server.connections()).isEqualTo(3);
            assertThat(http.open()).isZero();
        }
    }

    /** H16 */
    @Test
    void aConnectionOverWhichSomethingCameUnaskedIsNotUsedAgain() throws Exception {
        var said = new CountDownLatch(1);
        var server =
                new TalkingServer(line -> {
                    line.isAsked();
                    line.answer("asked");
                    Thread.sleep(50);
                    line.answer("unasked");
                    said.countDown();
                    line.isAsked();
                });
        try (server) {
            assertThat(get(http, server.url())).isEqualTo("asked");
            said.await();
            assertThat(get(http, server.url())).isEqualTo("asked");
            assertThat(server.connections()).isEqualTo(2);
        }
    }

    @Test
    void sixteenAreKeptForEachServer() throws Exception {
        var all = new CountDownLatch(20);
        var server =
                new TalkingServer(line -> {
                    while (line.isAsked()) {
                        all.countDown();
                        all.await();
                        line.answer("together");
                    }
                });
        try (server) {
            List<FutureTask<String>> tasks = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                var task = new FutureTask<>(() -> get(http, server.url()));
                Thread.startVirtualThread(task);
                tasks.add(task);
            }
            for (FutureTask<String> task : tasks) {
                assertThat(task.get(30, TimeUnit.SECONDS)).isEqualTo("together");
            }

            assertThat(server.connections()).isEqualTo(20);
            assertThat(http.idle()).isEqualTo(16);
            assertThat(http.open()).isEqualTo(16);
            await().until(() -> server.open() == 16);
        }
    }

    @Test
    void aConnectionThatNobodyNeedsIsClosed() throws Exception {
        try (var server = TalkingServer.answering("x");
                var forgetful = http(LONG, SHORT)) {
            get(forgetful, server.url());
            assertThat(forgetful.idle()).isOne();

            await().until(() -> server.open() == 0);
            assertThat(forgetful.open()).isZero();
        }
    }

    @Test
    void aConnectionThatTheServerClosesIsClosedHereTooAndNoOther() throws Exception {
        var closing = new CountDownLatch(1);
        var leaving =
                new TalkingServer(line -> {
                    line.isAsked();
                    line.answer("x");
                    closing.await();
                });
        try (leaving;
                var staying = TalkingServer.answering("y");
                var patient = http(LONG, Duration.ofSeconds(15))) {
            get(patient, leaving.url());
            get(patient, staying.url());
            assertThat(patient.open()).isEqualTo(2);
            closing.countDown();

            await().until(() -> patient.open() == 1);
            assertThat(get(patient, staying.url())).isEqualTo("y");
            assertThat(staying.connections()).isOne();
        }
    }

    /** H01: nobody else is asked where the name leads between the check and the connection. */
    @Test
    void theAddressThatWasCheckedIsTheOneThatIsConnectedTo() throws Exception {
        try (var server = TalkingServer.answering("here")) {
            URI url = URI.create("http://nowhere.invalid:%d/".formatted(server.port()));

            assertThat(get(http, url)).isEqualTo("here");

            assertThat(server.heads().getFirst()).contains("Host: nowhere.invalid:");
        }
    }

    /** H17 */
    @Test
    void aServerIsToldItsNameUnlessItIsAnAddress() throws Exception {
        var hello = new AtomicReference<>("");
        try (var server = new TalkingServer(line -> hello.set(line.someBytes()))) {
            String end = ":%d/".formatted(server.port());

            for (String host : List.of("ct.test", "ct.test.")) {
                assertThatIOException()
                        .isThrownBy(() -> get(http, URI.create("https://" + host + end)));
                // the length of the list, the kind, the length of the name (RFC 6066 section 3)
                assertThat(hello.get()).contains("\0\012\0\0\7ct.test\0");
            }
            assertThatIOException()
                    .isThrownBy(() -> get(http, URI.create("https://127.0.0.1" + end)));
            assertThat(hello.get()).doesNotContain("127.0.0.1");
        }
    }

    /** H01: as IPv6 often is. The one that is alive is remembered. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anAddressThatIsDeadIsPassedOver(boolean refuses) throws Exception {
        try (var server = TalkingServer.answering("here");
                var dead = new ServerSocket()) {
            List<Socket> queue = refuses ? List.of() : fill(dead, server.port());
            addresses.set(List.of(loopback(2), loopback(1)));

            assertThat(get(http, server.url())).isEqualTo("here");

            for (Socket socket : queue) {
                socket.close();
            }
        }
    }

    /** Makes a place that does not answer, as one behind a firewall: nobody accepts there. */
    private static List<Socket> fill(ServerSocket dead, int port) throws IOException {
        dead.bind(new InetSocketAddress(loopback(2), port), 1);
        List<Socket> queue = new ArrayList<>();
        while (true) {
            var socket = new Socket();
            queue.add(socket);
            try {
                socket.connect(dead.getLocalSocketAddress(), 300);
            } catch (SocketTimeoutException e) {
                return queue;
            }
        }
    }

    /** H01 */
    @Test
    void aServerThatRefusesAtAllAddressesIsNotThere() throws Exception {
        int port;
        try (var closed = new ServerSocket(0)) {
            port = closed.getLocalPort();
        }
        addresses.set(List.of(loopback(1), loopback(2), loopback(3)));

        assertThatExceptionOfType(ConnectException.class)
                .isThrownBy(() -> get(http, URI.create("http://ct.test:" + port)))
                .satisfies(e -> assertThat(e.getSuppressed()).hasSize(3));
        assertThat(http.open()).isZero();
    }
}
