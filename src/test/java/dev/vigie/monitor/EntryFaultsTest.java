package dev.vigie.monitor;

import static dev.vigie.incident.IncidentKind.ROOT_MISMATCH;
import static dev.vigie.incident.IncidentKind.UNREADABLE_ENTRIES;
import static dev.vigie.incident.IncidentKind.WRONG_LEAF_INDEX;
import static dev.vigie.testing.EntryPieces.rearranged;
import static dev.vigie.testing.WireFaults.body;
import static dev.vigie.testing.WireFaults.status;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vigie.ct.loglist.LogProtocol;
import dev.vigie.incident.IncidentKind;
import dev.vigie.logs.CoverageState;
import dev.vigie.simulator.SimulatedLog;
import dev.vigie.testing.DatabaseTest;
import dev.vigie.testing.FaultyFront;
import dev.vigie.testing.FaultyFront.Fault;
import dev.vigie.testing.LogPark;
import dev.vigie.testing.WireFaults;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Table L, wrong answers to questions for entries, from the look to the proof. */
@QuarkusTest
@DatabaseTest
@Timeout(60)
class EntryFaultsTest {

    private static final Pattern LEAF = Pattern.compile("(\"leaf_input\":\")([^\"]+)");
    private static final Pattern EXTRA = Pattern.compile("(\"extra_data\":\")([^\"]+)");
    private static final String EMPTY_ENTRY = "{\"leaf_input\":\"\",\"extra_data\":\"\"}";

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

    private FaultyLog log(LogProtocol protocol) throws Exception {
        return new FaultyLog(park, protocol, Duration.ofSeconds(20), tools).grow(120);
    }

    private static Arguments classic(String name, Fault fault, IncidentKind... kinds) {
        return Arguments.of(name, LogProtocol.RFC6962, fault, kinds);
    }

    private static Arguments tiled(String name, Fault fault, IncidentKind... kinds) {
        return Arguments.of(name, LogProtocol.STATIC, fault, kinds);
    }

    private static Fault json(UnaryOperator<String> change) {
        return body(body -> change.apply(new String(body, ISO_8859_1)).getBytes(ISO_8859_1));
    }

    /** Changes the leaf of the last entry of an answer, in base64. */
    private static Fault lastLeaf(UnaryOperator<String> change) {
        return json(body -> {
            MatchResult last = LEAF.matcher(body).results().toList().getLast();
            return body.substring(0, last.start(2))
                    + change.apply(last.group(2))
                    + body.substring(last.end(2));
        });
    }

    private static Fault first(int entries) {
        return rearranged(all -> all.subList(0, Math.min(entries, all.size())));
    }

    private static List<byte[]> swapped(List<byte[]> all) {
        if (all.size() > 1) {
            byte[] last = all.removeLast();
            all.add(all.size() - 1, last);
        }
        return all;
    }

    static Stream<Arguments> harmless() {
        var random = new Random(1);
        return Stream.of(
                classic("L01 one at a time", first(1)),
                classic("L01 31", first(31)),
                classic("L01 255", first(255)),
                classic(
                        "L01 L04 a random number",
                        rearranged(all -> all.subList(0, 1 + random.nextInt(all.size())))),
                classic(
                        "L04 pages that shrink",
                        rearranged(all -> all.subList(0, Math.max(1, all.size() / 2)))),
                classic(
                        "L15 a million unknown members",
                        json(body -> "{" + "\"x\":null,".repeat(1_000_000) + body.substring(1))),
                classic("L19 no extra data", json(b -> EXTRA.matcher(b).replaceAll("$1"))),
                classic("L19 other extra data", json(b -> EXTRA.matcher(b).replaceAll("$1AAAA"))),
                classic("L19 no base64", json(b -> EXTRA.matcher(b).replaceAll("$1!"))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("harmless")
    void answersThatOnlyLookOddCostNothing(
            String name, LogProtocol protocol, Fault fault, IncidentKind[] kinds) throws Exception {
        try (FaultyLog log = log(protocol)) {
            log.front().strike(FaultyLog.ENTRIES, fault);

            assertThat(log.look()).isNull();

            assertThat(log.watched().count(CoverageState.PROVEN)).isEqualTo(120);
            log.assertWholeAsItIs(kinds);
        }
    }

    static Stream<Arguments> unusable() {
        return Stream.of(
                classic("L02 more than asked for", rearranged(all -> times(all, 10))),
                classic("L03 none", json(body -> "{\"entries\":[]}")),
                classic("L08 need a larger tree", status("400 No", "", "need tree size 371")),
                classic("L15 depth", json(body -> "{\"x\":" + "[".repeat(100_000))),
                classic("L15 entries twice", json(b -> b.replaceFirst("]}$", "],\"entries\":[]}"))),
                classic("L15 byte order mark", json(body -> "\u00ef\u00bb\u00bf" + body)),
                classic(
                        "L15 UTF-16",
                        body(b -> new String(b, ISO_8859_1).getBytes(StandardCharsets.UTF_16))),
                classic("L15 NaN", json(body -> "{\"x\":NaN," + body.substring(1))),
                classic("L15 garbage behind", json(body -> body + "{}")),
                classic(
                        "L15 a million entries",
                        status(
                                "200 OK",
                                "",
                                "{\"entries\":[" + (EMPTY_ENTRY + ",").repeat(1_000_000))),
                classic("L15 no leaf", json(body -> body.replace("leaf_input", "leaf"))),
                tiled("L21 an entry more", rearranged(all -> last(all, 2))),
                tiled("L21 an entry less", rearranged(all -> all.subList(0, all.size() - 1))),
                tiled("L21 cut", body(b -> Arrays.copyOf(b, b.length - 1))),
                tiled("L21 a byte more", body(b -> Arrays.copyOf(b, b.length + 1))),
                tiled("L23 gone", status("404 No", "", "not found")));
    }

    private static List<byte[]> times(List<byte[]> all, int times) {
        List<byte[]> more = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            more.addAll(all);
        }
        return more;
    }

    private static List<byte[]> last(List<byte[]> all, int times) {
        for (int i = 1; i < times; i++) {
            all.add(all.getLast());
        }
        return all;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unusable")
    void nothingIsUsedOfAnAnswerThatIsNone(
            String name, LogProtocol protocol, Fault fault, IncidentKind[] kinds) throws Exception {
        try (FaultyLog log = log(protocol)) {
            log.front().strike(FaultyLog.ENTRIES, fault);

            log.lookInVain(2);

            log.assertStalled();
            log.assertWhole(kinds);
        }
    }

    static Stream<Arguments> wrong() {
        Fault swap = rearranged(EntryFaultsTest::swapped);
        Fault repeat =
                rearranged(all -> {
                    all.set(all.size() - 1, all.get(Math.max(0, all.size() - 2)));
                    return all;
                });
        return Stream.of(
                classic("L05 shifted", EntryFaultsTest::shifted),
                tiled(
                        "L05 shifted",
                        rearranged(all -> {
                            all.add(all.removeFirst());
                            return all;
                        }),
                        WRONG_LEAF_INDEX),
                classic("L06 swapped", swap),
                tiled("L06 swapped", swap, WRONG_LEAF_INDEX),
                classic("L06 repeated", repeat),
                tiled("L06 repeated", repeat, WRONG_LEAF_INDEX),
                classic("L15 L18 an empty leaf", lastLeaf(leaf -> ""), UNREADABLE_ENTRIES),
                classic(
                        "L18 base64 for URLs",
                        json(b ->
                                LEAF.matcher(b)
                                        .replaceAll(leaf ->
                                                leaf.group(1)
                                                        + leaf.group(2)
                                                                .replace('+', '-')
                                                                .replace('/', '_'))),
                        UNREADABLE_ENTRIES),
                classic(
                        "L18 base64 with a blank",
                        lastLeaf(l -> l.substring(0, 40) + "    " + l.substring(40)),
                        UNREADABLE_ENTRIES),
                classic(
                        "L18 base64 without end",
                        lastLeaf(l -> l.substring(0, l.length() - 1)),
                        UNREADABLE_ENTRIES),
                classic("L18 one character", lastLeaf(l -> "A"), UNREADABLE_ENTRIES),
                classic(
                        "L18 a leaf cut short",
                        lastLeaf(l -> l.substring(0, 400)),
                        UNREADABLE_ENTRIES));
    }

    /** What the log says for places that are one further on. */
    private static void shifted(FaultyFront.Exchange exchange)
            throws IOException, InterruptedException {
        String path = exchange.path();
        int start = path.indexOf("start=") + 6;
        int end = path.indexOf('&', start);
        long from = Long.parseLong(path.substring(start, end)) + 1;
        var shifted = exchange.right(path.substring(0, start) + from + path.substring(end));
        exchange.pass(shifted.statusCode() == 200 ? shifted : exchange.right());
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("wrong")
    void wrongEntriesAreNotProvenAndAreReadAgain(
            String name, LogProtocol protocol, Fault fault, IncidentKind[] kinds) throws Exception {
        try (FaultyLog log = log(protocol)) {
            log.front().strike(FaultyLog.ENTRIES, fault);
            assertWrong(log, kinds);
        }
    }

    /** L06: a front end that has taken one log for another. */
    @ParameterizedTest
    @EnumSource(LogProtocol.class)
    void entriesOfAnotherLogAreNotProvenAndTheRightOnesAreRead(LogProtocol protocol)
            throws Exception {
        SimulatedLog other = park.newLog(protocol);
        park.grow(other, 500);
        try (FaultyLog log = log(protocol)) {
            log.front()
                    .strike(
                            FaultyLog.ENTRIES,
                            exchange ->
                                    exchange.pass(
                                            exchange.right(
                                                    exchange.path()
                                                            .replace(
                                                                    log.log().name() + "/",
                                                                    other.name() + "/"))));
            assertWrong(log);
        }
    }

    private static void assertWrong(FaultyLog log, IncidentKind... kinds) throws Exception {
        log.look();
        log.look();

        assertThat(log.watched().count(CoverageState.PROVEN)).isZero();
        log.assertOpen(kinds);
        if (log.watched().position() == log.log().size()) {
            assertThat(log.watched().gapRanges()).containsExactly(log.added());
            log.watched().fillGap();
            IncidentKind[] andMismatch = Arrays.copyOf(kinds, kinds.length + 1);
            andMismatch[kinds.length] = ROOT_MISMATCH;
            log.assertOpen(andMismatch);
        }
        log.assertWhole(kinds);
    }

    /** H19: some stores answer with anything when a tile is not there. */
    @Test
    void anotherTileInPlaceOfOneIsNotProven() throws Exception {
        try (FaultyLog log = log(LogProtocol.STATIC)) {
            log.grow(256);
            log.front()
                    .strike(
                            "tile/data/001$",
                            exchange ->
                                    exchange.pass(
                                            exchange.right(exchange.path().replace("001", "000"))));
            assertWrong(log, WRONG_LEAF_INDEX);
        }
    }

    /** L23: the newest tree head is behind what is there. */
    @Test
    void aPartialTileThatIsGoneIsReadFromTheFullOne() throws Exception {
        try (FaultyLog log = log(LogProtocol.STATIC)) {
            byte[] head = bytes(log.log().treeHead(park.server().origin(log.log())));
            park.grow(log.log(), 200);
            log.front().strike(FaultyLog.HEADS, body(right -> head));
            log.front().strike("\\.p/", status("404 No", "", ""));

            assertThat(log.look()).isNull();

            assertThat(log.watched().count(CoverageState.PROVEN)).isEqualTo(120);
            log.assertWhole();
        }
    }

    /** L23 */
    @Test
    void aPartialTileThatDiffersFromTheFullOneIsReadAgain() throws Exception {
        try (FaultyLog log = log(LogProtocol.STATIC)) {
            log.front().strike("tile/data/.*\\.p/", rearranged(EntryFaultsTest::swapped));
            log.look();
            assertThat(log.watched().count(CoverageState.PROVEN)).isZero();

            log.grow(200);

            log.assertWhole(WRONG_LEAF_INDEX);
        }
    }

    /** L07 */
    @ParameterizedTest
    @EnumSource(LogProtocol.class)
    void aTreeThatShrinksAndGrowsAgainIsNoIncident(LogProtocol protocol) throws Exception {
        try (FaultyLog log = log(protocol)) {
            assertThat(log.look()).isNull();
            for (long size : new long[] {369, 251, 250, 300}) {
                byte[] old =
                        bytes(
                                log.log()
                                        .signedHead(
                                                park.server().origin(log.log()),
                                                log.log().head(size),
                                                Instant.now().minusSeconds(600 - size)));
                log.front().strike(FaultyLog.HEADS, body(right -> old));

                assertThat(log.look()).isNull();
            }
            log.assertOpen();
            log.grow(40);
            log.assertWhole();
            assertThat(log.watched().kinds()).isEmpty();
        }
    }

    /** L08 */
    @ParameterizedTest
    @EnumSource(LogProtocol.class)
    void whatIsBehindTheTreeHeadIsNeverAskedFor(LogProtocol protocol) throws Exception {
        try (FaultyLog log = log(protocol)) {
            log.assertWhole();
            int asked = log.front().asked().size();

            log.look();
            log.look();

            assertThat(log.front().asked().subList(asked, asked + 2))
                    .allMatch(path -> path.matches(".*(get-sth|checkpoint)"));
            assertThat(log.front().asked()).hasSize(asked + 2);
        }
    }

    /** L22: a tile of more than we read is a hole, behind which reading goes on. */
    @Test
    void aTileThatIsTooLargeDoesNotHoldTheLogUp() throws Exception {
        try (FaultyLog log = log(LogProtocol.STATIC)) {
            log.grow(256);
            log.front().strike("tile/data/001", WireFaults.bomb());
            Instant deadline = Instant.now().plusSeconds(30);
            while (log.watched().position() < 512 && Instant.now().isBefore(deadline)) {
                log.look();
            }

            log.look();
            assertThat(log.watched().position()).isEqualTo(log.log().size());
            assertThat(log.watched().count(CoverageState.MISSING)).isEqualTo(256);
            log.assertOpen(IncidentKind.HOLE);
            log.assertWhole();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
