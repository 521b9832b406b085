package dev.vigie.ct.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.vigie.ct.EntryBatch;
import dev.vigie.ct.LogMisbehaviorException;
import dev.vigie.ct.SignedTreeHead;
import dev.vigie.ct.loglist.LogProtocol;
import dev.vigie.ct.merkle.MerkleHasher;
import dev.vigie.hash.Sha256;
import dev.vigie.net.AddressGuard;
import dev.vigie.simulator.CertificateMaker;
import dev.vigie.simulator.FaultScript;
import dev.vigie.simulator.LogSigner;
import dev.vigie.simulator.SimulatedLog;
import dev.vigie.simulator.SimulatedLogServer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Rfc6962ClientTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final SimulatedLog log =
            new SimulatedLog(
                    "classic",
                    LogProtocol.RFC6962,
                    LogSigner.ecdsa(),
                    new CertificateMaker(1),
                    InstantSource.fixed(NOW));
    private final SimulatedLogServer server = new SimulatedLogServer().add(log);
    private final LogHttp http =
            new LogHttp(
                    AddressGuard.allowingAll(),
                    "Vigie",
                    Duration.ofSeconds(20),
                    () -> Instant.EPOCH);
    private final Rfc6962Client client =
            new Rfc6962Client(http, server.url(log), log.signer().publicKey());

    @BeforeEach
    void grow() {
        for (int i = 0; i < 100; i++) {
            log.addX509(new byte[] {0x30, 1, (byte) i});
        }
    }

    @AfterEach
    void close() {
        http.close();
        server.close();
    }

    @Test
    void theTreeHeadIsThatOfTheLog() throws Exception {
        SignedTreeHead sth = client.treeHead();

        assertThat(sth.head()).isEqualTo(log.head(100));
        assertThat(sth.time()).isEqualTo(NOW);
    }

    @Test
    void theEntriesHaveTheHashesOfTheLogsTree() throws Exception {
        log.addPrecert(List.of("watched.example"));
        EntryBatch batch = client.entries(0, 101, 101);

        assertThat(batch.range().end()).isEqualTo(101);
        assertThat(root(batch)).isEqualTo(log.head(101).root());
    }

    private static Sha256 root(EntryBatch batch) {
        var hasher = new MerkleHasher();
        List<Sha256> row = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            row.add(hasher.leaf(batch.leafInput(i)));
        }
        while (row.size() > 1) {
            List<Sha256> above = new ArrayList<>();
            for (int i = 0; i < row.size(); i += 2) {
                above.add(
                        i + 1 < row.size() ? hasher.node(row.get(i), row.get(i + 1)) : row.get(i));
            }
            row = above;
        }
        return row.getFirst();
    }

    /** L01, L04 */
    @ParameterizedTest
    @ValueSource(ints = {1, 7, 16, 31, 32, 99, 100, 255})
    void whateverTheLogGivesAtOnceNoEntryIsMissingOrDouble(int page) throws Exception {
        server.pageSize(page);
        long next = 0;
        while (next < 100) {
            if (next > 50) {
                server.pageSize(page % 20 + 3);
            }
            EntryBatch batch = client.entries(next, 100, 100);

            assertThat(batch.range().start()).isEqualTo(next);
            for (int i = 0; i < batch.size(); i++) {
                byte[] leaf = batch.leafInput(i);
                assertThat(leaf[leaf.length - 3]).isEqualTo((byte) (next + i));
            }
            next = batch.range().end();
        }
        assertThat(next).isEqualTo(100);
    }

    @Test
    void onceThePageIsKnownQuestionsEndWherePagesEnd() throws Exception {
        giveAtMost(32);

        for (long start : new long[] {0, 32, 70, 96}) {
            client.entries(start, 100, 100);
        }

        assertThat(asked)
                .containsExactly(
                        "start=0&end=99", "start=32&end=63", "start=70&end=95", "start=96&end=99");
    }

    @Test
    void untilThePageIsKnownQuestionsEndAtThousands() throws Exception {
        giveAtMost(1000);

        client.entries(990, 1200, 1200);
        client.entries(1000, 1200, 1200);

        assertThat(asked).containsExactly("start=990&end=999", "start=1000&end=1199");
    }

    @Test
    void anAnswerShortByAccidentDoesNotShrinkThePage() throws Exception {
        giveAtMost(5);

        client.entries(0, 100, 100);
        client.entries(5, 100, 100);

        assertThat(asked).containsExactly("start=0&end=99", "start=5&end=99");
    }

    private void giveAtMost(int page) {
        server.faults()
                .always(
                        "get-entries",
                        exchange -> {
                            String question = exchange.getRequestURI().getQuery();
                            asked.add(question);
                            String[] range = question.split("\\D+");
                            int wanted =
                                    Integer.parseInt(range[2]) - Integer.parseInt(range[1]) + 1;
                            String entries =
                                    "{\"leaf_input\":\"\"},".repeat(Math.min(page, wanted));
                            String body = "{\"entries\":[" + entries.replaceAll(",$", "]}");
                            FaultScript.body(body.getBytes(UTF_8)).answer(exchange);
                        });
    }

    /** L08: only what the log has signed is asked for. */
    @Test
    void nothingBeyondTheEndIsAskedFor() throws Exception {
        EntryBatch batch = client.entries(90, 95, 100);

        assertThat(batch.range().start()).isEqualTo(90);
        assertThat(batch.range().end()).isEqualTo(95);
    }

    /** L02 */
    @Test
    void moreEntriesThanAskedForAreMisbehavior() {
        String entry = "{\"leaf_input\":\"\",\"extra_data\":\"\"}";
        answer("get-entries", "{\"entries\":[%s,%s,%s]}".formatted(entry, entry, entry));

        assertThatExceptionOfType(LogMisbehaviorException.class)
                .isThrownBy(() -> client.entries(0, 2, 100));
    }

    /** L03 */
    @Test
    void noEntriesAreTryAgainLater() {
        answer("get-entries", "{\"entries\":[]}");

        assertThatExceptionOfType(LogUnavailableException.class)
                .isThrownBy(() -> client.entries(0, 2, 100))
                .withMessageContaining("no entries");
    }

    /** L08, H13 */
    @Test
    void aLaggingFrontEndIsTryAgainLater() {
        assertThatExceptionOfType(LogUnavailableException.class)
                .isThrownBy(() -> client.entries(100, 150, 150))
                .withMessage("HTTP 400: need tree size 101")
                .satisfies(e -> assertThat(e.isMissing()).isFalse());
    }

    @Test
    void aCutConnectionIsAnIoException() {
        server.faults().next(9, "get-", FaultScript.reset());

        assertThatIOException().isThrownBy(client::treeHead);
    }

    @Test
    void issuersAreInTheEntries() {
        assertThat(client.issuer(Sha256.hash(new byte[0]))).isEmpty();
    }

    private void answer(String path, String body) {
        server.faults().always(path, FaultScript.body(body.getBytes(UTF_8)));
    }
}
