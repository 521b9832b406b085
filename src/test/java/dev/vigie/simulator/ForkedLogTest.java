package dev.vigie.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.vigie.ct.EntryBatch;
import dev.vigie.ct.LogMisbehaviorException;
import dev.vigie.ct.SignedTreeHead;
import dev.vigie.ct.TreeHead;
import dev.vigie.ct.client.LogClient;
import dev.vigie.ct.loglist.LogProtocol;
import dev.vigie.ct.merkle.MerkleHasher;
import dev.vigie.hash.Sha256;
import dev.vigie.testing.ServedLog;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a log can be made to do against its promises. */
class ForkedLogTest {

    @ParameterizedTest
    @EnumSource(LogProtocol.class)
    void aForkHasTheSameBeginningAndAnotherEnd(LogProtocol protocol) {
        try (ServedLog served = new ServedLog(protocol).grow(300)) {
            SimulatedLog fork = served.log().fork(200);
            assertThat(fork.size()).isEqualTo(200);
            assertThat(fork.id()).isEqualTo(served.log().id());

            ServedLog.grow(fork, 100, 1);

            assertThat(fork.head(200)).isEqualTo(served.log().head(200));
            assertThat(fork.head(201)).isNotEqualTo(served.log().head(201));
            assertThat(served.log().size()).isEqualTo(300);
        }
    }

    /** Also what the server had kept of the former log. */
    @ParameterizedTest
    @EnumSource(LogProtocol.class)
    void aForkTakesThePlaceOfTheLog(LogProtocol protocol) throws Exception {
        try (ServedLog served = new ServedLog(protocol).grow(300)) {
            served.server().pageSize(100);
            LogClient client = served.client();
            assertThat(leafHash(client.entries(200, 300, 300), 0))
                    .isEqualTo(served.log().leafHash(200));
            SimulatedLog fork = served.log().fork(200);
            ServedLog.grow(fork, 100, 1);

            served.server().add(fork);

            assertThat(leafHash(client.entries(200, 300, 300), 0)).isEqualTo(fork.leafHash(200));
            assertThat(client.treeHead().head()).isEqualTo(fork.head(300));
        }
    }

    private static Sha256 leafHash(EntryBatch batch, int entry) {
        return new MerkleHasher().leaf(batch.leafInput(entry));
    }

    @ParameterizedTest
    @CsvSource({"RFC6962,get-sth", "STATIC,checkpoint"})
    void aLogSignsWhateverItIsMadeToSign(LogProtocol protocol, String path) throws Exception {
        try (ServedLog served = new ServedLog(protocol).grow(3)) {
            var head = new TreeHead(1L << 40, Sha256.hash(new byte[0]));
            Instant time = Instant.parse("2026-11-22T10:00:00.001Z");
            String text = served.log().signedHead(served.server().origin(served.log()), head, time);
            served.faults().always(path, FaultScript.body(text.getBytes(StandardCharsets.UTF_8)));

            SignedTreeHead signed = served.client().treeHead();

            assertThat(signed.head()).isEqualTo(head);
            assertThat(signed.time()).isEqualTo(time);
        }
    }

    /** The answer stays one of the protocol; only a hash can tell. */
    @ParameterizedTest
    @CsvSource({"RFC6962,get-entries", "STATIC,tile/data/"})
    void anAnswerCanBeAlteredOnItsWay(LogProtocol protocol, String path) throws Exception {
        try (ServedLog served = new ServedLog(protocol).grow(256)) {
            served.faults()
                    .next(
                            1,
                            path,
                            FaultScript.altering(body -> {
                                int inTimestamp =
                                        protocol == LogProtocol.STATIC
                                                ? 0
                                                : "{'entries':[{'leaf_input':'AAAA".length();
                                body[inTimestamp] ^= 2;
                                return body;
                            }));

            EntryBatch altered = served.client().entries(0, 256, 256);
            EntryBatch right = served.client().entries(0, 256, 256);

            assertThat(leafHash(altered, 0)).isNotEqualTo(served.log().leafHash(0));
            assertThat(leafHash(altered, 1)).isEqualTo(served.log().leafHash(1));
            assertThat(leafHash(right, 0)).isEqualTo(served.log().leafHash(0));
        }
    }

    @ParameterizedTest
    @EnumSource(LogProtocol.class)
    void aRefusalIsNotAltered(LogProtocol protocol) {
        try (ServedLog served = new ServedLog(protocol)) {
            served.faults().always("/", FaultScript.altering(body -> new byte[9]));

            assertThatIOException()
                    .isThrownBy(() -> served.client().entries(0, 1, 1))
                    .withMessageStartingWith("HTTP 40");
            assertThatExceptionOfType(LogMisbehaviorException.class)
                    .isThrownBy(() -> served.client().treeHead());
        }
    }
}
