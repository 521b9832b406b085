package dev.vigie.ct.client;

import static dev.vigie.simulator.FaultScript.altering;
import static dev.vigie.simulator.FaultScript.body;
import static dev.vigie.simulator.FaultScript.status;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.vigie.ct.LogMisbehaviorException;
import dev.vigie.ct.TreeHead;
import dev.vigie.ct.loglist.LogProtocol;
import dev.vigie.ct.merkle.CompactRange;
import dev.vigie.hash.Sha256;
import dev.vigie.testing.ServedLog;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProofRangeTest {

    private static final int SIZE = 300;
    private static final String HASH = Sha256.hash(new byte[0]).base64();

    private final ServedLog served = new ServedLog(LogProtocol.RFC6962).grow(SIZE);
    private final List<CompactRange> ranges = served.ranges();
    private final TreeHead head = served.log().head(SIZE);
    private final LogClient client = served.client();

    @AfterEach
    void close() {
        served.close();
    }

    /** The questions that would have to be answered in its place. */
    private void only(String way) {
        for (String question : List.of("sth-consistency", "proof-by-hash", "entry-and-proof")) {
            if (!way.endsWith(question)) {
                served.faults().always("get-" + question, status(404));
            }
        }
    }

    private void alter(String path, UnaryOperator<String> change) {
        served.faults()
                .always(path, altering(b -> change.apply(new String(b, UTF_8)).getBytes(UTF_8)));
    }

    private void isMisbehavior(long size) {
        assertThatExceptionOfType(LogMisbehaviorException.class)
                .isThrownBy(() -> client.rangeAt(size, head));
    }

    @ParameterizedTest
    @ValueSource(strings = {"get-sth-consistency", "get-proof-by-hash", "get-entry-and-proof"})
    void aProofThatWasChangedIsMisbehavior(String way) throws Exception {
        only(way);
        for (int size : new int[] {1, 2, 100, 128, 299}) {
            served.faults().heal();
            only(way);
            assertThat(client.rangeAt(size, head)).isEqualTo(ranges.get(size));

            alter(way, body -> body.replaceFirst("\"[^\"]{44}\"(,?)", ""));
            isMisbehavior(size);
            served.faults().heal();
            only(way);
            alter(way, body -> body.replaceFirst("\\[", "[\"" + HASH + "\","));
            isMisbehavior(size);
            served.faults().heal();
            only(way);
            alter(way, body -> body.replaceFirst("\"[^\"]{44}\"", '"' + HASH + '"'));
            isMisbehavior(size);
        }
    }

    @Test
    void anEntryThatWasChangedIsMisbehavior() {
        alter("get-entry-and-proof", body -> body.replaceFirst("leaf_input\":\"AA", "$0BB"));

        isMisbehavior(SIZE);
    }

    @Test
    void anEntryOnTheWayThatWasChangedIsMisbehavior() {
        only("sth-consistency");
        alter("get-entries", body -> body.replaceFirst("AAAAAA", "AAAABB"));

        isMisbehavior(SIZE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "null",
                "{}",
                "{\"consistency\":[]}",
                "{\"consistency\":null}",
                "{\"consistency\":{}}",
                "{\"consistency\":\"\"}",
                "{\"consistency\":[1]}",
                "{\"consistency\":[\"\"]}",
                "{\"consistency\":[\"AAAA\"]}",
                "{\"consistency\":[]} {}",
                "{\"consistency\":[],\"consistency\":[]}",
                "<html>checking your browser</html>"
            })
    void anythingButAProofIsMisbehavior(String body) {
        served.faults().always("get-sth-consistency", body(body.getBytes(UTF_8)));

        isMisbehavior(100);
    }

    /** The two bits too many would be lost in decoding. */
    @ParameterizedTest
    @CsvSource({"U=,V=", "U=,U", "U=,U==", "4,-", "U=,U=\\\\n"})
    void base64IsStrict(String right, String wrong) {
        assertThat(HASH).contains(right);
        alter(
                "get-sth-consistency",
                body -> body.replaceFirst("\"[^\"]{44}\"", '"' + HASH.replace(right, wrong) + '"'));

        assertThatExceptionOfType(LogMisbehaviorException.class)
                .isThrownBy(() -> client.rangeAt(100, head))
                .withMessage("the answer to get-sth-consistency has no usable consistency");
    }

    @Test
    void noProofHasMoreThan64Hashes() {
        String hashes = ("\"" + HASH + "\",").repeat(65).replaceAll(",$", "");
        String proof = "{\"consistency\":[" + hashes + "]}";
        served.faults().always("get-sth-consistency", body(proof.getBytes(UTF_8)));

        assertThatExceptionOfType(LogMisbehaviorException.class)
                .isThrownBy(() -> client.rangeAt(100, head))
                .withMessageContaining("no usable consistency");
    }

    @Test
    void anEndlessProofIsNotReadToItsEnd() {
        served.faults().always("get-sth-consistency", body(new byte[(1 << 16) + 1]));

        assertThatIOException()
                .isThrownBy(() -> client.rangeAt(100, head))
                .withMessageContaining("more than");
    }

    /** The same certificate at the same time: the log proves the first one. */
    @Test
    void ofALeafThatIsThereTwiceNoOtherPlaceIsTaken() throws Exception {
        served.log().addX509(new byte[] {1, 2, 3});
        served.log().addX509(new byte[] {1, 2, 3});
        served.faults().always("get-entry-and-proof", status(404));
        AtomicInteger byHash = served.count("get-proof-by-hash");
        AtomicInteger consistency = served.count("get-sth-consistency");

        CompactRange range = client.rangeAt(SIZE + 2, served.log().head(SIZE + 2));

        assertThat(range).isEqualTo(served.ranges().get(SIZE + 2));
        assertThat(byHash).hasValue(1);
        assertThat(consistency).hasValue(1);
    }

    @Test
    void withinTheTreeAConsistencyProofIsEnough() throws Exception {
        served.faults().always("get-entr", status(500)).always("get-proof", status(500));

        assertThat(client.rangeAt(100, head)).isEqualTo(ranges.get(100));
        assertThat(client.rangeAt(128, head)).isEqualTo(ranges.get(128));
    }

    @Test
    void atItsEndTheProofOfTheLastEntryIsEnough() throws Exception {
        served.faults().always("get-(sth-consistency|entries|proof)", status(500));

        assertThat(client.rangeAt(SIZE, head)).isEqualTo(ranges.get(SIZE));
    }

    @Test
    void whatTheLogRefusedIsAskedForLast() throws Exception {
        var refusals = new AtomicInteger();
        served.faults()
                .always(
                        "get-(entry-and|proof)",
                        exchange -> {
                            refusals.incrementAndGet();
                            status(501).answer(exchange);
                        });

        client.rangeAt(SIZE, head);
        client.rangeAt(SIZE, head);
        client.rangeAt(SIZE, head);

        assertThat(refusals).hasValue(2);
    }

    /** A replica that does not know the tree yet says 400; that must not be for ever. */
    @Test
    void aRefusalCanBeTakenBack() throws Exception {
        served.faults().always("get-(sth-consistency|proof|entr)", status(400));
        assertThatExceptionOfType(LogUnavailableException.class)
                .isThrownBy(() -> client.rangeAt(100, head));
        served.faults().heal();

        assertThat(client.rangeAt(100, head)).isEqualTo(ranges.get(100));
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 429, 500, 503})
    void aLogThatIsBusyIsNotAskedAnotherWay(int status) {
        served.faults().next(1, "get-sth-consistency", status(status, "Retry-After", "7"));
        AtomicInteger others = served.count("get-(proof|entr)");

        assertThatExceptionOfType(LogUnavailableException.class)
                .isThrownBy(() -> client.rangeAt(100, head))
                .withMessageContaining("HTTP " + status)
                .satisfies(e -> assertThat(e.retryAfter()).contains(Duration.ofSeconds(7)));
        assertThat(others).hasValue(0);
    }

    @Test
    void aLogThatProvesNothingIsUnavailable() {
        served.faults().always("get-(sth-consistency|proof|entry)", status(404));

        assertThatExceptionOfType(LogUnavailableException.class)
                .isThrownBy(() -> client.rangeAt(100, head))
                .withMessage(
                        "the log proves nothing about its first 100 entries:"
                                + " HTTP 404: simulated fault");
    }
}
