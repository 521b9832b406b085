package dev.vigie.monitor;

import static dev.vigie.incident.IncidentKind.BAD_TREE_HEAD;
import static dev.vigie.incident.IncidentKind.NO_ANSWER;
import static dev.vigie.testing.WireFaults.body;
import static dev.vigie.testing.WireFaults.gzip;
import static dev.vigie.testing.WireFaults.gzipped;
import static dev.vigie.testing.WireFaults.hanging;
import static dev.vigie.testing.WireFaults.length;
import static dev.vigie.testing.WireFaults.saying;
import static dev.vigie.testing.WireFaults.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vigie.ct.client.LogHttp;
import dev.vigie.ct.loglist.LogProtocol;
import dev.vigie.incident.IncidentKind;
import dev.vigie.net.AddressGuard;
import dev.vigie.testing.DatabaseTest;
import dev.vigie.testing.FaultyFront;
import dev.vigie.testing.FaultyFront.Fault;
import dev.vigie.testing.LogPark;
import dev.vigie.testing.WireFaults;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Table H, what servers and the ways to them make of HTTP, from the look to the proof. */
@QuarkusTest
@DatabaseTest
@Timeout(60)
class HttpFaultsTest {

    private static final String OK = "HTTP/1.1 200 OK\r\n";
    private static final Duration TIMEOUT = Duration.ofMillis(250);
    private static final Duration LATER = Duration.ofHours(2);

    /** One for all rows: making certificates takes its time. */
    private static LogPark park;

    @Inject TailingTools tools;

    @BeforeAll
    static void open() {
        park = new LogPark();
        park.server().pageSize(50);
    }

    @AfterAll
    static void close() {
        park.close();
    }

    /**
     * @param looks three that are refused are an alarm
     * @param said a part of what is said of it
     * @param refusal whether it is a whole answer, and as a tree head none of the log's
     */
    record Row(String name, Fault fault, int looks, String said, boolean refusal) {
        @Override
        public String toString() {
            return name;
        }

        static Row failed(String name, Fault fault, String said) {
            return new Row(name, fault, 1, said, false);
        }

        static Row refused(String name, Fault fault) {
            return new Row(name, fault, 3, "", true);
        }
    }

    static Stream<Arguments> rows() {
        String html = "<html><script>alert(1)</script>checking your browser</html>";
        List<Row> rows =
                List.of(
                        Row.failed("H02 no answer", hanging(""), "timed out"),
                        Row.failed("H02 half the headers", hanging(OK + "Content-"), "timed out"),
                        Row.failed("H03 byte by byte", WireFaults.dripping(), "not whole"),
                        Row.failed("H04 without end", WireFaults.endless(), ""),
                        Row.failed(
                                "H05 length 2^63-1",
                                length(right -> "9223372036854775807"),
                                "more than"),
                        Row.failed("H06 length + 9", length(right -> right + "9"), ""),
                        Row.failed("H07 bomb", WireFaults.bomb(), ""),
                        Row.failed(
                                "H07 nested, said",
                                body("Content-Encoding: gzip, gzip\r\n", b -> gzip(gzip(b))),
                                "unknown encoding gzip, gzip"),
                        Row.refused("H07 nested, not said", gzipped(WireFaults::gzip)),
                        Row.failed("H08 cut", gzipped(b -> Arrays.copyOf(b, b.length - 9)), "cut"),
                        Row.failed("H08 wrong sum", gzipped(HttpFaultsTest::wrongSum), "end"),
                        Row.failed(
                                "H08 garbage behind",
                                gzipped(b -> Arrays.copyOf(b, b.length + 1)),
                                "end"),
                        Row.failed("H08 two members", gzipped(HttpFaultsTest::twice), "end"),
                        Row.failed("H08 br", body("Content-Encoding: br\r\n", b -> b), "br"),
                        Row.failed("H08 zstd", body("Content-Encoding: zstd\r\n", b -> b), "zstd"),
                        Row.failed("H12 500", status("500 No", "", "overloaded"), "overloaded"),
                        Row.failed("H12 502", status("502 No", "", html), "HTTP 502: <html>"),
                        Row.failed("H12 503", status("503 No", "", ""), "HTTP 503"),
                        Row.failed("H12 504", status("504 No", "", ""), "HTTP 504"),
                        Row.refused("H13 HTML", status("200 OK", "", html)),
                        Row.failed("H13 204", saying("HTTP/1.1 204 None\r\n\r\n"), "HTTP 204"),
                        Row.failed("H13 206", status("206 Some", "", "{"), "HTTP 206"),
                        Row.failed("H13 304", saying("HTTP/1.1 304 Same\r\n\r\n"), "HTTP 304"),
                        Row.failed(
                                "H13 418",
                                status("418 Teapot", "", "\u0007\u202e"),
                                "\\x07\\xe2\\x80\\xae"),
                        Row.failed("H13 garbage", saying("\u0016\u0003\u0001\r\n\r\n"), ""),
                        Row.failed("H13 nothing", saying(""), ""),
                        Row.failed(
                                "H14 10 MiB header", saying(OK + "X: " + "x".repeat(10 << 20)), ""),
                        Row.failed(
                                "H14 10,000 headers",
                                saying(OK + "X-Header: value\r\n".repeat(10_000) + "\r\n"),
                                ""),
                        Row.failed("H14 NUL", saying(OK + "X\0: 1\r\n\r\n{}"), ""),
                        Row.failed("H20 reset", WireFaults.reset(), ""),
                        Row.refused("H19 empty", status("200 OK", "", "")));
        return rows.stream()
                .flatMap(row -> Stream.of(LogProtocol.values()).map(p -> Arguments.of(row, p)));
    }

    private static byte[] wrongSum(byte[] gzip) {
        gzip[gzip.length - 5] ^= 1;
        return gzip;
    }

    private static byte[] twice(byte[] bytes) {
        byte[] twice = Arrays.copyOf(bytes, 2 * bytes.length);
        System.arraycopy(bytes, 0, twice, bytes.length, bytes.length);
        return twice;
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("rows")
    void nothingIsUsedOfAnAnswerThatIsNone(Row row, LogProtocol protocol) throws Exception {
        try (var log = new FaultyLog(park, protocol, TIMEOUT, tools)) {
            log.grow(120);
            log.front().strike(FaultyLog.HEADS, row.fault());

            assertThat(log.lookInVain(row.looks())).contains(row.said());
            log.assertOpen(
                    row.refusal() ? new IncidentKind[] {BAD_TREE_HEAD} : new IncidentKind[0]);
            log.assertOpen(
                    LATER,
                    row.refusal()
                            ? new IncidentKind[] {BAD_TREE_HEAD, NO_ANSWER}
                            : new IncidentKind[] {NO_ANSWER});

            log.front().heal();
            log.front().strike(FaultyLog.ENTRIES, row.fault());
            log.lookInVain(row.looks());
            log.assertStalled();

            log.assertWhole();
        }
    }

    /** H01 */
    @ParameterizedTest
    @EnumSource(LogProtocol.class)
    void aLogThatCannotBeReachedIsReadWhenItCan(LogProtocol protocol) throws Exception {
        try (var log = new FaultyLog(park, protocol, TIMEOUT, tools)) {
            log.grow(120).front().refuse();

            assertThat(log.lookInVain(3)).startsWith("no connection to 127.0.0.1:");
            log.assertOpen();
            log.assertOpen(LATER, NO_ANSWER);

            log.front().listen();
            log.assertWhole();
        }
    }

    /** H01: as if the name of a public log suddenly led into the house. */
    @ParameterizedTest
    @EnumSource(LogProtocol.class)
    void anInternalAddressIsNotAsked(LogProtocol protocol) throws Exception {
        try (var log = new FaultyLog(park, protocol, TIMEOUT, tools)) {
            log.grow(120).reconnect(AddressGuard.allowingPublicAnd(List.of()));
            int asked = log.front().asked().size();

            log.lookInVain(3);

            assertThat(log.front().asked()).hasSize(asked);
            log.reconnect(AddressGuard.allowingAll());
            log.assertWhole();
        }
    }

    /** H09 */
    @ParameterizedTest
    @EnumSource(LogProtocol.class)
    void everythingMayBeCompressed(LogProtocol protocol) throws Exception {
        try (var log = new FaultyLog(park, protocol, TIMEOUT, tools)) {
            log.grow(120).front().strike("", gzipped(b -> b));

            log.assertWholeAsItIs();
        }
    }

    /** H10 */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "301 http://169.254.169.254/latest",
                "302 file:///etc/passwd",
                "303 https://127.0.0.1/",
                "307 checkpoint",
                "308 javascript:alert(1)"
            })
    void aRedirectIsSaidAndNotFollowed(String redirect) throws Exception {
        String status = redirect.substring(0, 3);
        String target = redirect.substring(4);
        for (LogProtocol protocol : LogProtocol.values()) {
            try (var log = new FaultyLog(park, protocol, TIMEOUT, tools)) {
                log.grow(120)
                        .front()
                        .strike("", status(status + " Go", "Location: " + target + "\r\n", ""));
                int asked = log.front().asked().size();

                assertThat(log.lookInVain(3))
                        .isEqualTo("HTTP " + status + ": redirect to " + target);

                assertThat(log.front().asked()).hasSize(asked + 3);
                log.assertOpen(LATER, NO_ANSWER);
                log.assertWhole();
            }
        }
    }

    /** H11: what is not understood is a pause of about a second. */
    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-1", "Sun, 06 Nov 1994 08:49:37 GMT"})
    void aHostThatWantsAShortPauseHasIt(String retryAfter) throws Exception {
        LogProtocol protocol = LogProtocol.values()[retryAfter.length() % 2];
        String header = retryAfter.isEmpty() ? "" : "Retry-After: " + retryAfter + "\r\n";
        try (var log = new FaultyLog(park, protocol, TIMEOUT, tools)) {
            log.grow(120).front().strike("", status("429 Slowly", header, "too many"));

            assertThat(log.lookInVain(1)).isEqualTo("HTTP 429: too many");

            log.assertWhole();
        }
    }

    /** H11: an hour at most, in which nothing is asked and no thread waits. */
    @ParameterizedTest
    @ValueSource(strings = {"1000000000", "Fri, 01 May 2099 00:00:00 GMT"})
    void aHostThatWantsALongPauseHasAnHour(String retryAfter) throws Exception {
        for (LogProtocol protocol : LogProtocol.values()) {
            try (var log = new FaultyLog(park, protocol, TIMEOUT, tools)) {
                log.grow(120)
                        .front()
                        .strike("", status("429 No", "Retry-After: " + retryAfter + "\r\n", ""));
                log.lookInVain(1);
                int asked = log.front().asked().size();
                log.front().heal();

                assertThat(log.lookInVain(3)).containsPattern("another 3(600|5\\d\\d) seconds");

                assertThat(log.front().asked()).hasSize(asked);
                log.reconnect(AddressGuard.allowingAll());
                log.assertWhole();
            }
        }
    }

    /** H16: a proxy that gives everybody what the one before wanted. */
    @ParameterizedTest
    @EnumSource(LogProtocol.class)
    void anAnswerToAnotherQuestionIsNotProven(LogProtocol protocol) throws Exception {
        List<String> before = new ArrayList<>();
        Fault oneLate =
                exchange -> {
                    before.add(exchange.path());
                    exchange.pass(exchange.right(before.get(Math.max(0, before.size() - 2))));
                };
        try (var log = new FaultyLog(park, protocol, Duration.ofSeconds(5), tools)) {
            log.grow(120).front().strike(FaultyLog.ENTRIES, oneLate);
            log.look();
            log.look();
            log.assertOpen();
            log.front().heal();
            log.grow(40).front().strike("", oneLate);
            for (int i = 0; i < 3; i++) {
                log.look();
            }

            log.assertWhole();
        }
    }

    /** H20 */
    @ParameterizedTest
    @EnumSource(LogProtocol.class)
    void logsThatAreAllCutOffAtOnceAreAskedAFewAtATime(LogProtocol protocol) throws Exception {
        try (var front = new FaultyFront(park.server().logListUrl());
                var http =
                        new LogHttp(
                                AddressGuard.allowingAll(),
                                "Vigie",
                                Duration.ofSeconds(20),
                                InstantSource.system())) {
            List<WatchedLog> all = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                var log = park.newLog(protocol);
                park.grow(log, 20);
                all.add(new WatchedLog(front.here(park.known(log)), http, tools));
            }
            front.strike("", WireFaults.reset());
            lookAtAll(all);
            assertThat(all).allMatch(log -> log.position() < 0);
            front.heal();

            lookAtAll(all);

            assertThat(all).allMatch(log -> log.settled() == 20 && log.incidents().isEmpty());
            assertThat(front.mostAtOnce()).isLessThanOrEqualTo(4);
            all.forEach(WatchedLog::release);
        }
    }

    private static void lookAtAll(List<WatchedLog> all) throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (WatchedLog log : all) {
            threads.add(
                    Thread.ofVirtual()
                            .start(() -> {
                                try {
                                    log.look();
                                } catch (InterruptedException e) {
                                    Thread.currentThread().interrupt();
                                }
                            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }
}
