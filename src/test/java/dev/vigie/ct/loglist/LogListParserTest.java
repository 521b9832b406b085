package dev.vigie.ct.loglist;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vigie.hash.Sha256;
import dev.vigie.simulator.LogSigner;
import dev.vigie.testing.SharedData;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogListParserTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void theRealListIsReadToItsLastLog() throws Exception {
        LogList list = LogListParser.parse(SharedData.read(SharedData.LOG_LIST));

        assertThat(list.version()).isEqualTo("89.25");
        assertThat(list.published()).contains(Instant.parse("2026-08-20T13:34:57Z"));
        assertThat(list.problems()).isEmpty();
        assertThat(list.logs()).hasSize(117).extracting(KnownLog::id).doesNotHaveDuplicates();
        assertThat(counted(list, KnownLog::protocol))
                .containsEntry(LogProtocol.RFC6962, 42L)
                .containsEntry(LogProtocol.STATIC, 75L);
        assertThat(new HashSet<>(list.logs().stream().map(KnownLog::operator).toList())).hasSize(9);
    }

    @Test
    void theStatesOfTheRealListAreRead() throws Exception {
        LogList list = LogListParser.parse(SharedData.read(SharedData.LOG_LIST));

        assertThat(counted(list, KnownLog::state))
                .isEqualTo(
                        new EnumMap<>(
                                Map.of(
                                        LogState.USABLE, 37L,
                                        LogState.QUALIFIED, 6L,
                                        LogState.PENDING, 16L,
                                        LogState.READONLY, 2L,
                                        LogState.RETIRED, 3L,
                                        LogState.REJECTED, 14L,
                                        LogState.UNSTATED, 39L)));
        assertThat(counted(list, log -> log.type().orElse("none")))
                .isEqualTo(Map.of("test", 24L, "monitoring_only", 13L, "none", 80L));
    }

    @Test
    void aRealStaticLogIsReadElsewhereThanItIsNamedAfter() throws Exception {
        KnownLog sycamore =
                LogListParser.parse(SharedData.read(SharedData.LOG_LIST)).logs().stream()
                        .filter(log -> log.submissionUrl().getPath().equals("/2026h2/"))
                        .filter(log -> log.description().contains("Sycamore2026h2"))
                        .findFirst()
                        .orElseThrow();

        assertThat(sycamore.url())
                .isEqualTo(URI.create("https://mon.sycamore.ct.letsencrypt.org/2026h2/"));
        assertThat(sycamore.submissionUrl())
                .isEqualTo(URI.create("https://log.sycamore.ct.letsencrypt.org/2026h2/"));
        assertThat(sycamore.maximumMergeDelay()).isEqualTo(Duration.ofMinutes(1));
    }

    private static <T> Map<T, Long> counted(LogList list, Function<KnownLog, T> property) {
        return list.logs().stream().collect(Collectors.groupingBy(property, Collectors.counting()));
    }

    static Stream<Arguments> harmless() {
        return Stream.of(
                log("unknown field", log -> log.put("certspotter_qps", 3)),
                log("description missing", log -> log.remove("description")),
                log("description is a number", log -> log.put("description", 1)),
                log("temporal_interval is null", log -> log.putNull("temporal_interval")),
                log("mmd missing", log -> log.remove("mmd")),
                log("mmd negative", log -> log.put("mmd", -1)),
                log("mmd is text", log -> log.put("mmd", "a day")),
                log("mmd beyond all numbers", log -> log.put("mmd", 1e300)),
                log("url without slash", log -> log.put("url", "https://log.test/a")),
                log("url with port", log -> log.put("url", "https://log.test:8443/a/")),
                log("log_type is an object", log -> log.putObject("log_type")),
                log("log_type is new", log -> log.put("log_type", "mirror")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("harmless")
    void whatDoesNotMatterDoesNotCostALog(String what, Consumer<ObjectNode> change)
            throws Exception {
        ObjectNode log = rfc6962(LogSigner.ecdsa());
        change.accept(log);

        LogList list = parse(list(log));

        assertThat(list.problems()).isEmpty();
        assertThat(list.logs())
                .singleElement()
                .satisfies(known -> {
                    assertThat(known.url().toString()).startsWith("https://log.test").endsWith("/");
                    assertThat(known.submissionUrl()).isEqualTo(known.url());
                    assertThat(known.maximumMergeDelay()).isPositive();
                });
    }

    @ParameterizedTest
    @CsvSource({
        "'{}',UNSTATED",
        "'{\"usable\":{}}',USABLE",
        "'{\"usable\":null}',USABLE",
        "'{\"readonly\":{\"final_tree_head\":{}}}',READONLY",
        "'{\"qualified\":{},\"usable\":{}}',USABLE",
        "'{\"rejected\":{},\"retired\":{}}',RETIRED",
        "'{\"frozen\":{}}',UNSTATED",
        "'{\"USABLE\":{}}',UNSTATED",
        "'\"usable\"',UNSTATED",
        "'[\"usable\"]',UNSTATED",
        "null,UNSTATED"
    })
    void theBestOfTheStatesThatAreKnownCounts(String states, LogState state) throws Exception {
        ObjectNode log = rfc6962(LogSigner.ecdsa());
        log.set("state", JSON.readTree(states));

        assertThat(parse(list(log)).logs()).singleElement().returns(state, KnownLog::state);
    }

    static Stream<Arguments> faulty() {
        byte[] otherKey = LogSigner.ecdsa().spki();
        return Stream.of(
                log("L26 id of another key", log -> log.put("log_id", base64(hash(otherKey)))),
                log("L26 key changed", log -> log.put("key", base64(otherKey))),
                log("no id", log -> log.remove("log_id")),
                log("no key", log -> log.remove("key")),
                log("key is no base64", log -> log.put("key", "!")),
                log("key is null", log -> log.putNull("key")),
                log("key is no key", log -> log.put("key", "AAAA")),
                log("no url", log -> log.remove("url")),
                log("static url only", log -> log.set("monitoring_url", log.remove("url"))),
                log("L27 file", log -> log.put("url", "file:///etc/passwd")),
                log("L27 javascript", log -> log.put("url", "javascript:alert(1)")),
                log("L27 userinfo", log -> log.put("url", "https://a:b@log.test/")),
                log("L27 line break", log -> log.put("url", "https://log.test/\r\nHost: x/")),
                log("L27 line break in the host", log -> log.put("url", "https://log.test\r\n/")),
                log("ftp", log -> log.put("url", "ftp://log.test/")),
                log("no scheme", log -> log.put("url", "log.test")),
                log("no host", log -> log.put("url", "https:///a/")),
                log("a host that is none", log -> log.put("url", "https://log_.test/")),
                log("a port that is none", log -> log.put("url", "https://log.test:99999/")),
                log("query", log -> log.put("url", "https://log.test/?a=/")),
                log("fragment", log -> log.put("url", "https://log.test/#a/")),
                log("url is empty", log -> log.put("url", "")),
                log("url is a number", log -> log.put("url", 7)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faulty")
    void aBadLogIsNamedAndDropsOnlyItself(String what, Consumer<ObjectNode> damage)
            throws Exception {
        LogSigner good = LogSigner.ecdsa();
        ObjectNode bad = rfc6962(LogSigner.ecdsa()).put("description", "Bad\u001b log");
        damage.accept(bad);

        LogList list = parse(list(bad, rfc6962(good)));

        assertThat(list.logs()).singleElement().returns(good.publicKey().id(), KnownLog::id);
        assertThat(list.problems())
                .singleElement()
                .asString()
                .matches("'Bad\\\\x1b log' was left out: [ -~…]+\\.");
    }

    /** L26 */
    @Test
    void ofTwoLogsWithOneIdTheFirstIsKept() throws Exception {
        LogSigner signer = LogSigner.ecdsa();
        ObjectNode other = rfc6962(signer).put("url", "https://other.test/");

        LogList list = parse(list(rfc6962(signer), other));

        assertThat(list.logs())
                .singleElement()
                .returns(URI.create("https://log.test/a/"), KnownLog::url);
        assertThat(list.problems()).singleElement().asString().contains("the same key");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "[]", "{}", "7", "[null]", "[{}]", "[[]]", "[\"x\"]"})
    void oddListsOfStaticLogsDoNotCostTheOthers(String tiledLogs) throws Exception {
        String list = list(rfc6962(LogSigner.ecdsa()));

        assertThat(parse(list.replace("]}]}", "],\"tiled_logs\":" + tiledLogs + "}]}")).logs())
                .hasSize(1);
    }

    @Test
    void aListWithoutADateIsReadAsApplesIs() throws Exception {
        String list = list(rfc6962(LogSigner.ecdsa()));

        assertThat(parse(list).published()).isEmpty();
        assertThat(
                        parse(list.replaceFirst("\\{", "{\"log_list_timestamp\":\"today\","))
                                .published())
                .isEmpty();
    }

    static Stream<Arguments> noLists() {
        return Stream.of(
                arguments("<html>", "it is not JSON"),
                arguments("{\"operators\":[", "it is not JSON"),
                arguments("{\"operators\":[]}x", "it is not JSON"),
                arguments("[".repeat(100_000), "it is not JSON"),
                arguments("", "no operators"),
                arguments("null", "no operators"),
                arguments("[]", "no operators"),
                arguments("{}", "no operators"),
                arguments("{\"operators\":null}", "no operators"),
                arguments("{\"operators\":{}}", "no operators"),
                arguments("{\"operators\":[]}", "contains no log"),
                arguments("{\"operators\":[null,1,[],{\"logs\":null}]}", "contains no log"),
                arguments("{\"operators\":[{\"logs\":[{}]}]}", "contains no log"));
    }

    /** L26 */
    @ParameterizedTest
    @MethodSource("noLists")
    void whatIsNoListIsRefusedWithASentence(String json, String why) {
        assertThatExceptionOfType(LogListException.class)
                .isThrownBy(() -> parse(json))
                .withMessageContaining(why)
                .withMessageMatching("[A-Z].*\\.");
    }

    private static Arguments log(String what, Consumer<ObjectNode> change) {
        return arguments(what, change);
    }

    private static ObjectNode rfc6962(LogSigner signer) {
        return JSON.createObjectNode()
                .put("description", "Log")
                .put("log_id", base64(hash(signer.spki())))
                .put("key", base64(signer.spki()))
                .put("url", "https://log.test/a/")
                .put("mmd", 86_400);
    }

    private static String list(ObjectNode... logs) {
        String all = Stream.of(logs).map(ObjectNode::toString).collect(Collectors.joining(","));
        return "{\"operators\":[{\"name\":\"Operator\",\"logs\":[" + all + "]}]}";
    }

    private static LogList parse(String json) throws LogListException {
        return LogListParser.parse(json.getBytes(UTF_8));
    }

    private static byte[] hash(byte[] key) {
        return Sha256.hash(key).bytes();
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
