package dev.vigie.ct.loglist;

import static dev.vigie.ct.loglist.TwentyLogs.classic;
import static dev.vigie.ct.loglist.TwentyLogs.classicLog;
import static dev.vigie.ct.loglist.TwentyLogs.dated;
import static dev.vigie.ct.loglist.TwentyLogs.each;
import static dev.vigie.ct.loglist.TwentyLogs.id;
import static dev.vigie.ct.loglist.TwentyLogs.key;
import static dev.vigie.ct.loglist.TwentyLogs.log;
import static dev.vigie.ct.loglist.TwentyLogs.makeTiled;
import static dev.vigie.ct.loglist.TwentyLogs.state;
import static dev.vigie.ct.loglist.TwentyLogs.tiled;
import static dev.vigie.ct.loglist.TwentyLogs.tiledLog;
import static dev.vigie.ct.loglist.TwentyLogs.url;
import static dev.vigie.ct.loglist.TwentyLogs.with;
import static dev.vigie.ct.loglist.TwentyLogs.without;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** P11, L26, L27: twenty logs are held, and a list is offered that differs in one thing. */
class LogListFaultsTest {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final LogSelection SELECTION = new LogSelection(Set.of(), false, false);

    static Stream<Arguments> refused() {
        return Stream.of(
                row("L26 older", dated("2026-11-20T23:59:59Z"), "is older than the one held, of"),
                row("no date", list -> list.remove("log_list_timestamp"), "has no date"),
                row("a date that is none", dated("yesterday"), "has no date"),
                row("date ahead", dated("2026-11-24T00:00:00Z"), "but it is 2026-11-22T12:00:00Z"),
                row("no operators", list -> list.remove("operators"), "has no operators"),
                row("L26 no logs", without(20), "contains no log"),
                row("no arrays", list -> list.putArray("operators").addObject(), "contains no log"),
                row(
                        "L26 no id fits",
                        each(20, log -> log.put("log_id", id(29))),
                        "contains no log"),
                row("L26 a quarter gone", without(5), "lacks 5 of the 20 active logs"),
                row("L26 all but one gone", without(19), "lacks 19 of the 20"),
                row("L26 others in their place", without(10).andThen(tenMore()), "lacks 10 of"),
                row("L26 keys changed", each(5, log -> log.put("key", key(29))), "lacks 5 of"),
                row("a quarter retired", each(5, state("retired")), "lacks 5 of"),
                row("a quarter rejected", each(5, state("rejected")), "lacks 5 of"),
                row("a quarter without state", each(5, log -> log.remove("state")), "lacks 5 of"),
                row("a quarter in a new state", each(5, state("frozen")), "lacks 5 of"),
                row(
                        "a quarter for tests",
                        each(5, log -> log.put("log_type", "test")),
                        "lacks 5 of"),
                row(
                        "a quarter placeholders",
                        each(5, url("https://ct.example.com/")),
                        "lacks 5 of"),
                row("L27 a quarter in files", each(5, url("file:///etc/passwd")), "lacks 5 of"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void aListThatIsHardlyTrueIsRefusedAsAWhole(
            String what, Consumer<ObjectNode> change, String sentence) {
        assertThatExceptionOfType(LogListException.class)
                .isThrownBy(() -> offer(change))
                .withMessageContaining(sentence)
                .withMessageMatching("[A-Z].*\\.");
    }

    static Stream<Arguments> leftOut() {
        return Stream.of(
                row(
                        "L26 id of another key",
                        classicLog(log -> log.put("log_id", id(29))),
                        "log_id"),
                row("L26 key changed", classicLog(log -> log.put("key", key(29))), "log_id"),
                row("L26 static key changed", tiledLog(log -> log.put("key", key(29))), "log_id"),
                row("both URL kinds", classicLog(log -> log.put("monitoring_url", "x")), "both"),
                row("both, submission", classicLog(log -> log.put("submission_url", "x")), "both"),
                row("both, static", tiledLog(log -> log.put("url", "https://a.test/")), "both"),
                row("neither URL kind", classicLog(log -> log.remove("url")), "no URL"),
                row("no monitoring", tiledLog(log -> log.remove("monitoring_url")), "no URL"),
                row("no submission", tiledLog(log -> log.remove("submission_url")), "no URL"),
                row("null URL", tiledLog(log -> log.putNull("monitoring_url")), "no URL"),
                row("L27 file", classicLog(url("file:///etc/passwd")), "no URL"),
                row("L27 file with a host", classicLog(url("file://log.test/x")), "no URL"),
                row("L27 javascript", classicLog(url("javascript:alert(1)")), "no URL"),
                row("L27 userinfo", classicLog(url("https://a:b@log.test/")), "no URL"),
                row("L27 line break", classicLog(url("https://log.test/\r\nHost: x/")), "URL"),
                row("L27 static file", tiledLog(url("file:///etc/passwd")), "no URL"),
                row("L27 static javascript", tiledLog(url("javascript:alert(1)")), "no URL"),
                row("L27 static userinfo", tiledLog(url("https://a@log.test/")), "no URL"),
                row("L27 static line break", tiledLog(url("https://log.test/\r\n/")), "URL"),
                row("L27 submit", tiledLog(log -> log.put("submission_url", "file:/x")), "no URL"),
                row("null in place of a log", list -> classic(list).setNull(0), "''"),
                row("text in place of a log", list -> tiled(list).set(0, "x"), "''"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("leftOut")
    void aLogThatCannotBeCostsOnlyItself(String what, Consumer<ObjectNode> change, String why)
            throws Exception {
        LogList offered = offer(change);

        assertThat(offered.logs()).hasSize(19);
        assertThat(offered.problems())
                .singleElement()
                .asString()
                .contains(why)
                .matches("'.*' was left out: [ -~…]+\\.");
    }

    static Stream<Arguments> doubled() {
        return Stream.of(
                arguments("L26 twice", with(log(0))),
                arguments("L26 one id, two URLs", with(log(0).put("url", "https://other.test/"))),
                arguments("static twice", tiledToo(makeTiled(log(10)))),
                arguments("in both arrays", tiledToo(makeTiled(log(0)))));
    }

    private static Consumer<ObjectNode> tiledToo(ObjectNode log) {
        return list -> tiled(list).add(log);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("doubled")
    void ofALogThatIsListedTwiceTheFirstCounts(String what, Consumer<ObjectNode> change)
            throws Exception {
        LogList offered = offer(change);

        assertThat(offered.logs())
                .usingRecursiveComparison()
                .isEqualTo(TwentyLogs.parse(TwentyLogs.list()).logs());
        assertThat(offered.problems()).singleElement().asString().contains("the same key");
    }

    static Stream<Arguments> accepted() {
        return Stream.of(
                row("nothing changed", list -> {}, 20),
                row("newer", dated("2026-11-22T00:00:00Z"), 20),
                row("a few hours ahead", dated("2026-11-23T11:00:00Z"), 20),
                row("L26 one gone", without(1), 19),
                row("L26 a fifth gone", without(4), 16),
                row("L26 a fifth retired", each(4, state("retired")), 20),
                row("all readonly", each(20, state("readonly")), 20),
                row("all pending", each(20, state("pending")), 20),
                row("L26 all moved", each(20, url("https://elsewhere.test/")), 20),
                row("all renamed", each(20, log -> log.put("description", "x")), 20),
                row("all with an unknown field", each(20, log -> log.put("dns", "x")), 20),
                row("one becomes static", classicToTiled(), 20),
                row("one more", with(log(20)), 21),
                row("ten more", tenMore(), 30),
                row("L27 a private address", classicLog(url("http://10.0.0.1/")), 20),
                row("a placeholder", with(log(20).put("url", "https://ct.example.com/x/")), 21),
                row("one in a new state", classicLog(state("frozen")), 20),
                row("one for tests", classicLog(log -> log.put("log_type", "test")), 20));
    }

    private static Consumer<ObjectNode> classicToTiled() {
        return list -> tiled(list).add(makeTiled((ObjectNode) classic(list).remove(0)));
    }

    private static Consumer<ObjectNode> tenMore() {
        return list -> {
            for (int i = 20; i < 30; i++) {
                classic(list).add(log(i));
            }
        };
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("accepted")
    void whatHappensToListsIsAccepted(String what, Consumer<ObjectNode> change, int logs)
            throws Exception {
        LogList offered = offer(change);

        assertThat(offered.logs()).hasSize(logs);
        assertThat(offered.problems()).isEmpty();
    }

    @Test
    void ofVeryManyBadLogsOnlyAHundredAreNamed() throws Exception {
        LogList offered =
                offer(list -> {
                    for (int i = 0; i < 150; i++) {
                        classic(list).addNull();
                    }
                });

        assertThat(offered.logs()).hasSize(20);
        assertThat(offered.problems()).hasSize(101).last().isEqualTo("50 more logs were left out.");
    }

    private static Arguments row(String what, Consumer<ObjectNode> change, Object outcome) {
        return arguments(what, change, outcome);
    }

    private static LogList offer(Consumer<ObjectNode> change) throws LogListException {
        ObjectNode list = TwentyLogs.list();
        change.accept(list);
        LogList offered = TwentyLogs.parse(list);
        List<KnownLog> before = TwentyLogs.parse(TwentyLogs.list()).logs();
        var held = new LogList("", Optional.of(Instant.parse(TwentyLogs.DATE)), before, List.of());
        new LogListJudge(SELECTION::follows).check(Optional.of(held), offered, NOW);
        return offered;
    }
}
