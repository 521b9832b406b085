package dev.vigie.monitor;

import static dev.vigie.incident.IncidentKind.BAD_TREE_HEAD;
import static dev.vigie.incident.IncidentKind.FUTURE_TREE_HEAD;
import static dev.vigie.incident.IncidentKind.NO_ANSWER;
import static dev.vigie.incident.IncidentKind.ROLLBACK;
import static dev.vigie.incident.IncidentKind.STALE_TREE_HEAD;
import static dev.vigie.incident.IncidentKind.STALLED;
import static dev.vigie.testing.WireFaults.body;
import static dev.vigie.testing.WireFaults.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vigie.ct.TreeHead;
import dev.vigie.ct.loglist.KnownLog;
import dev.vigie.ct.loglist.LogProtocol;
import dev.vigie.ct.loglist.LogState;
import dev.vigie.hash.Sha256;
import dev.vigie.incident.IncidentKind;
import dev.vigie.logs.CoverageState;
import dev.vigie.net.AddressGuard;
import dev.vigie.simulator.LogSigner;
import dev.vigie.testing.DatabaseTest;
import dev.vigie.testing.LogPark;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Table L, odd tree heads and the end of logs, from the look to the proof. */
@QuarkusTest
@DatabaseTest
@Timeout(60)
class TreeHeadFaultsTest {

    private static final TreeHead EMPTY = new TreeHead(0, Sha256.hash(new byte[0]));

    /** One for all rows: making certificates takes its time. */
    private static LogPark park;

    @Inject TailingTools tools;

    @BeforeAll
    static void open() {
        park = new LogPark();
    }

    @AfterAll
    static void close() {
        park.close();
    }

    private FaultyLog log(LogProtocol protocol) throws Exception {
        return new FaultyLog(park, protocol, Duration.ofSeconds(20), tools).grow(120);
    }

    private static Arguments row(String name, LogProtocol protocol, UnaryOperator<String> change) {
        return Arguments.of(name, protocol, change);
    }

    private static Arguments classic(String name, UnaryOperator<String> change) {
        return row(name, LogProtocol.RFC6962, change);
    }

    private static Arguments tiled(String name, UnaryOperator<String> change) {
        return row(name, LogProtocol.STATIC, change);
    }

    private static Arguments size(String size) {
        return classic("L13 size " + size, sth -> sth.replace(":370,", ":" + size + ","));
    }

    private static Arguments tiledSize(String size) {
        return tiled("L13 L20 size " + size, note -> note.replace("\n370\n", "\n" + size + "\n"));
    }

    private static String origin(String note) {
        return note.substring(0, note.indexOf('\n'));
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                classic("L12 wrong signature", sth -> sth.replace(":370,", ":371,")),
                classic("L12 other key", sth -> LogSigner.ecdsa().sth(EMPTY, 1)),
                classic("L12 RSA", sth -> LogSigner.rsa().sth(EMPTY, 1)),
                classic(
                        "L12 no signature",
                        sth -> sth.replaceAll("signature\":\"[^\"]*", "signature\":\"")),
                tiled("L12 wrong signature", note -> note.replace("\n370\n", "\n371\n")),
                tiled(
                        "L12 other key",
                        note -> LogSigner.ecdsa().checkpoint(origin(note), EMPTY, 1)),
                tiled("L12 RSA", note -> LogSigner.rsa().checkpoint(origin(note), EMPTY, 1)),
                tiled(
                        "L12 no signature",
                        note -> note.substring(0, note.lastIndexOf(' ') + 1) + "\n"),
                tiled(
                        "L12 4 bytes of signature",
                        note -> {
                            int at = note.lastIndexOf(' ') + 1;
                            return note.substring(0, at) + note.substring(at, at + 4) + "AA==\n";
                        }),
                size("-1"),
                size("9223372036854775808"),
                size("18446744073709551616"),
                size("1e400"),
                size("\"370\""),
                size("null"),
                size("370.0"),
                classic("L13 no size", sth -> sth.replace("tree_size", "size")),
                classic(
                        "L13 time 2^63",
                        sth -> sth.replaceAll("stamp\":\\d+", "stamp\":" + "9".repeat(19))),
                classic("L15 depth", sth -> "[".repeat(30_000)),
                classic("L15 twice", sth -> sth.replaceFirst("}$", ",\"tree_size\":370}")),
                classic("L15 garbage behind", sth -> sth + "{}"),
                classic("L15 NaN", sth -> sth.replace(":370,", ":NaN,")),
                tiledSize("-1"),
                tiledSize("9223372036854775808"),
                tiledSize("0370"),
                tiledSize("+370"),
                tiledSize("\ud83d\udd0d"),
                tiled("L20 CRLF", note -> note.replace("\n", "\r\n")),
                tiled("L20 no newline at the end", String::strip),
                tiled("L20 extension line", note -> note.replaceFirst("\n\n", "\nmore\n\n")),
                tiled("L20 other origin", note -> note.replace("127.0.0.1", "127.0.0.2")));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("refused")
    void aTreeHeadThatIsNoneIsAnIncidentAndTheLastGoodOneIsKept(
            String name, LogProtocol protocol, UnaryOperator<String> change) throws Exception {
        try (FaultyLog log = log(protocol)) {
            log.front().strike(FaultyLog.HEADS, body(right -> changed(right, change)));

            log.lookInVain(2);
            log.assertOpen();
            log.lookInVain(1);
            log.assertOpen(BAD_TREE_HEAD);

            assertThat(log.watched().incidents().getFirst().evidence).isNotBlank();
            assertThat(log.watched().provenHead()).contains(log.log().head(250));
            log.assertWhole();
        }
    }

    private static byte[] changed(byte[] right, UnaryOperator<String> change) {
        return change.apply(new String(right, StandardCharsets.UTF_8))
                .getBytes(StandardCharsets.UTF_8);
    }

    static Stream<Arguments> harmless() {
        return Stream.of(
                tiled(
                        "L20 many signatures",
                        note -> note.replaceFirst("\n\n", "\n\n" + "— a b\n".repeat(100_000))),
                classic("L15 unknown members", sth -> "{\"x\":[{}]," + sth.substring(1)));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("harmless")
    void whatNobodyHasToUnderstandDoesNoHarm(
            String name, LogProtocol protocol, UnaryOperator<String> change) throws Exception {
        try (FaultyLog log = log(protocol)) {
            log.front().strike(FaultyLog.HEADS, body(right -> changed(right, change)));

            log.assertWholeAsItIs();
        }
    }

    /** L12: more than is read; nothing of it is kept. */
    @ParameterizedTest
    @EnumSource(LogProtocol.class)
    void aSignatureOfTwoMebibytesIsCut(LogProtocol protocol) throws Exception {
        try (FaultyLog log = log(protocol)) {
            log.front().strike(FaultyLog.HEADS, body(right -> new byte[2 << 20]));

            assertThat(log.lookInVain(3)).contains("more than");

            log.assertOpen(Duration.ofHours(2), NO_ANSWER);
            log.assertWhole();
        }
    }

    static Stream<Arguments> times() {
        long now = System.currentTimeMillis();
        return Stream.of(
                        Arguments.of("1970", 0L, STALE_TREE_HEAD),
                        Arguments.of("two days ago", now - 48 * 3_600_000L, STALE_TREE_HEAD),
                        Arguments.of("a minute ago", now - 60_000, null),
                        Arguments.of("in 15 minutes", now + 900_000, FUTURE_TREE_HEAD),
                        Arguments.of("9999-12-31", 253_402_300_799_000L, FUTURE_TREE_HEAD),
                        Arguments.of("10000", 253_402_300_800_000L, FUTURE_TREE_HEAD),
                        Arguments.of("2^63-1", Long.MAX_VALUE, FUTURE_TREE_HEAD))
                .flatMap(row ->
                        Stream.of(LogProtocol.values())
                                .map(p ->
                                        Arguments.of(row.get()[0], row.get()[1], row.get()[2], p)));
    }

    /** L13 */
    @ParameterizedTest(name = "{0}, {3}")
    @MethodSource("times")
    void anOddTimeTouchesOnlyTheAlarm(
            String name, long time, IncidentKind alarm, LogProtocol protocol) throws Exception {
        try (FaultyLog log = log(protocol)) {
            show(log, time);

            log.assertWholeAsItIs(alarm == null ? new IncidentKind[0] : new IncidentKind[] {alarm});

            log.grow(5);
            log.assertWhole();
        }
    }

    /** L13: a checkpoint's time is a number without sign. */
    @ParameterizedTest
    @CsvSource({"-1", "-9223372036854775808"})
    void aTimeOfMoreThan63BitsIsNone(long time) throws Exception {
        try (FaultyLog log = log(LogProtocol.STATIC)) {
            show(log, time);

            log.lookInVain(3);

            log.assertOpen(BAD_TREE_HEAD);
            log.assertWhole();
        }
    }

    private static void show(FaultyLog log, long time) {
        TreeHead head = log.log().head(370);
        LogSigner signer = log.log().signer();
        String said =
                log.isTiled()
                        ? signer.checkpoint(park.server().origin(log.log()), head, time)
                        : signer.sth(head, time);
        byte[] bytes = said.getBytes(StandardCharsets.UTF_8);
        log.front().strike(FaultyLog.HEADS, body(right -> bytes));
    }

    /** L14: what is there is read, and nothing is made ready for what is not. */
    @ParameterizedTest
    @EnumSource(LogProtocol.class)
    void aTreeThatJumpsByATrillionIsReadAsFarAsItIsThere(LogProtocol protocol) throws Exception {
        try (FaultyLog log = log(protocol)) {
            var jump = new TreeHead(1_000_000_000_370L, Sha256.hash(new byte[] {1}));
            byte[] said =
                    log.log()
                            .signedHead(
                                    park.server().origin(log.log()),
                                    jump,
                                    Instant.now().minusSeconds(60))
                            .getBytes(StandardCharsets.UTF_8);
            log.front().strike(FaultyLog.HEADS, body(right -> said));

            for (int i = 0; i < 3; i++) {
                assertThat(log.look()).isNotNull();
            }

            // a static log has only its full tiles under the names that such a tree gives them
            assertThat(log.watched().position()).isEqualTo(log.isTiled() ? 256 : 370);
            assertThat(log.watched().count(CoverageState.PROVEN)).isZero();
            log.assertOpen();
            log.assertOpen(Duration.ofMinutes(11), log.isTiled() ? NO_ANSWER : STALLED);
            log.assertWhole(ROLLBACK);
        }
    }

    /** L28 */
    @ParameterizedTest
    @CsvSource({"RFC6962,410", "STATIC,410", "RFC6962,0", "STATIC,0"})
    void aLogThatEndedMayGoAway(LogProtocol protocol, int status) throws Exception {
        try (FaultyLog log = log(protocol)) {
            log.reconnect(AddressGuard.allowingAll(), closed(log.known(), log.log().head(370)));
            log.assertWhole();
            if (status == 0) {
                log.front().refuse();
            } else {
                log.front().strike("", status(status + " Gone", "", ""));
            }

            log.lookInVain(3);

            log.assertOpen();
            log.assertOpen(Duration.ofDays(30));
            assertThat(log.watched().kinds()).isEmpty();
        }
    }

    private static KnownLog closed(KnownLog log, TreeHead end) {
        return new KnownLog(
                log.key(),
                log.description(),
                log.operator(),
                log.protocol(),
                log.url(),
                log.submissionUrl(),
                LogState.READONLY,
                log.type(),
                log.maximumMergeDelay(),
                Optional.of(end),
                log.temporalInterval(),
                log.stateSince());
    }
}
