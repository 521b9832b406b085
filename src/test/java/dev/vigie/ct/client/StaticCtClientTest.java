package dev.vigie.ct.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.vigie.ct.EntryBatch;
import dev.vigie.ct.EntryRange;
import dev.vigie.ct.EntryType;
import dev.vigie.ct.ExtraData;
import dev.vigie.ct.LeafCursor;
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
import dev.vigie.testing.SharedData;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StaticCtClientTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final int SIZE = 600;

    private final SimulatedLog log =
            new SimulatedLog(
                    "tiled",
                    LogProtocol.STATIC,
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
    private final StaticCtClient client =
            new StaticCtClient(http, server.url(log), server.url(log), log.signer().publicKey());

    @BeforeEach
    void grow() {
        for (int i = 0; i < SIZE - 1; i++) {
            log.addX509(new byte[] {0x30, 2, (byte) (i >> 8), (byte) i});
        }
        log.addPrecert(List.of("watched.example"));
    }

    @AfterEach
    void close() {
        http.close();
        server.close();
    }

    @Test
    void theTreeHeadIsThatOfTheLog() throws Exception {
        SignedTreeHead head = client.treeHead();

        assertThat(head.head()).isEqualTo(log.head(SIZE));
        assertThat(head.time()).isEqualTo(NOW);
    }

    @ParameterizedTest
    @CsvSource({
        "https://log.sycamore.ct.letsencrypt.org/2026h2/,log.sycamore.ct.letsencrypt.org/2026h2",
        "https://tuscolo2026h2.sunlight.geomys.org/,tuscolo2026h2.sunlight.geomys.org",
        "http://127.0.0.1:8080/tiled/,127.0.0.1:8080/tiled",
        "https://log.test,log.test"
    })
    void theOriginIsTheSubmissionPrefixWithoutScheme(URI submissionPrefix, String origin) {
        assertThat(StaticCtClient.origin(submissionPrefix)).isEqualTo(origin);
    }

    @ParameterizedTest
    @CsvSource({
        "0,600,600,0,256",
        "10,600,600,10,256",
        "255,600,600,255,256",
        "256,300,600,256,300",
        "256,600,600,256,512",
        "512,600,600,512,600",
        "520,530,600,520,530",
        "599,600,600,599,600",
        "512,520,520,512,520"
    })
    void anAnswerGoesToTheEndOfItsTileOrOfTheQuestion(
            long start, long end, long treeSize, long first, long last) throws Exception {
        EntryBatch batch = client.entries(start, end, treeSize);

        assertThat(batch.range()).isEqualTo(new EntryRange(first, last));
        var leaf = new LeafCursor();
        var hasher = new MerkleHasher();
        for (int i = 0; i < batch.size(); i++) {
            assertThat(leaf.read(batch, i)).isNull();
            assertThat(leaf.leafIndex()).isEqualTo(batch.index(i));
            byte[] hash = new byte[Sha256.LENGTH];
            batch.leafHash(i, hasher, hash, 0);
            assertThat(hash).isEqualTo(hasher.leaf(batch.leafInput(i)).bytes());
        }
    }

    @Test
    void readingOnAndOnGivesEveryEntryOnce() throws Exception {
        long next = 0;
        int answers = 0;
        while (next < SIZE) {
            EntryBatch batch = client.entries(next, SIZE, SIZE);
            assertThat(batch.range().start()).isEqualTo(next);
            next = batch.range().end();
            answers++;
        }
        assertThat(next).isEqualTo(SIZE);
        assertThat(answers).isEqualTo(3);
    }

    /** L23; object stores say 403 for what is not there. */
    @ParameterizedTest
    @ValueSource(ints = {403, 404, 410})
    void theFullTileStandsInForAPartialOneThatIsGone(int status) throws Exception {
        server.faults().always("\\.p/", FaultScript.status(status));

        EntryBatch batch = client.entries(40, 100, 100);

        assertThat(batch.range()).isEqualTo(new EntryRange(40, 100));
        var leaf = new LeafCursor();
        assertThat(leaf.read(batch, 59)).isNull();
        assertThat(leaf.leafIndex()).isEqualTo(99);
    }

    /** L23 */
    @Test
    void ifBothAreGoneTheTileIsMissing() {
        server.faults().always("tile/", FaultScript.status(404));

        assertThatExceptionOfType(LogUnavailableException.class)
                .isThrownBy(() -> client.entries(512, SIZE, SIZE))
                .satisfies(e -> assertThat(e.isMissing()).isTrue());
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 503})
    void aPartialTileThatIsOnlyBusyIsNotReplaced(int status) {
        server.faults().next(1, "\\.p/", FaultScript.status(status, "Retry-After", "7"));

        assertThatExceptionOfType(LogUnavailableException.class)
                .isThrownBy(() -> client.entries(40, 100, 100))
                .withMessageContaining("HTTP " + status)
                .satisfies(e -> assertThat(e.retryAfter()).contains(Duration.ofSeconds(7)));
    }

    /** H09 */
    @Test
    void aTileThatIsNotCompressedIsReadToo() throws Exception {
        byte[] tile = SharedData.read("tiles/navigli2025h2/tile/data/000");
        server.faults().always("tile/data/000", FaultScript.body(tile));

        assertThat(client.entries(0, 256, SIZE).size()).isEqualTo(256);
    }

    /** L21, H19 */
    @ParameterizedTest
    @ValueSource(strings = {"", "not found", "<html>checking your browser</html>"})
    void anythingButATileIsMisbehavior(String body) {
        server.faults().always("tile/", FaultScript.body(body.getBytes(UTF_8)));

        assertThatExceptionOfType(LogMisbehaviorException.class)
                .isThrownBy(() -> client.entries(0, 256, SIZE));
    }

    /** H10 */
    @Test
    void aRedirectedTileIsNotFetched() {
        server.faults()
                .always("tile/", FaultScript.status(302, "Location", "http://169.254.169.254/x"));

        assertThatExceptionOfType(LogUnavailableException.class)
                .isThrownBy(() -> client.entries(0, 256, SIZE))
                .withMessage("HTTP 302: redirect to http://169.254.169.254/x");
    }

    /** L20 */
    @Test
    void aCheckpointOfAnotherOriginIsMisbehavior() {
        String other = log.treeHead("other.test/tiled");
        server.faults().always("checkpoint", FaultScript.body(other.getBytes(UTF_8)));

        assertThatExceptionOfType(LogMisbehaviorException.class)
                .isThrownBy(client::treeHead)
                .withMessageContaining("another log");
    }

    /** L20 */
    @Test
    void anEndlessCheckpointIsNotReadToItsEnd() {
        String note = log.treeHead("x") + "— a.test AAAAAAAA\n".repeat(60_000);
        server.faults().always("checkpoint", FaultScript.body(note.getBytes(UTF_8)));

        assertThatIOException().isThrownBy(client::treeHead);
    }

    @Test
    void theIssuerOfAnEntryIsFetchedByItsHash() throws Exception {
        EntryBatch batch = client.entries(599, 600, SIZE);
        ExtraData extra = ExtraData.of(batch, 0, EntryType.PRECERT);

        assertThat(extra.precertificate()).isPresent();
        assertThat(extra.chainFingerprints()).containsExactly(Sha256.hash(log.issuer()));
        assertThat(client.issuer(extra.chainFingerprints().getFirst())).contains(log.issuer());
    }

    /** L25 */
    @ParameterizedTest
    @ValueSource(strings = {"", "-----BEGIN PRIVATE KEY-----"})
    void anIssuerWithAnotherHashIsMisbehavior(String body) {
        server.faults().always("issuer/", FaultScript.body(body.getBytes(UTF_8)));

        assertThatExceptionOfType(LogMisbehaviorException.class)
                .isThrownBy(() -> client.issuer(Sha256.hash(log.issuer())));
    }

    /** L25 */
    @Test
    void anIssuerThatIsNotThereIsMissing() {
        assertThatExceptionOfType(LogUnavailableException.class)
                .isThrownBy(() -> client.issuer(Sha256.hash(new byte[0])))
                .satisfies(e -> assertThat(e.isMissing()).isTrue());
    }

    /** L25 */
    @Test
    void anEndlessIssuerIsNotReadToItsEnd() {
        server.faults().always("issuer/", FaultScript.body(new byte[(1 << 20) + 1]));

        assertThatIOException()
                .isThrownBy(() -> client.issuer(Sha256.hash(new byte[(1 << 20) + 1])))
                .withMessageContaining("more than");
    }
}
