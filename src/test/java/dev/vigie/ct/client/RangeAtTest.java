package dev.vigie.ct.client;

import static dev.vigie.simulator.FaultScript.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.vigie.ct.LogMisbehaviorException;
import dev.vigie.ct.TreeHead;
import dev.vigie.ct.loglist.LogProtocol;
import dev.vigie.ct.merkle.CompactRange;
import dev.vigie.ct.merkle.MerkleHasher;
import dev.vigie.hash.Sha256;
import dev.vigie.simulator.SimulatedLog;
import dev.vigie.testing.ServedLog;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Every way to the compact range leads to the same range, for every two sizes. */
class RangeAtTest {

    private static final int SIZE = 130;

    /** All (m, n) with 0 < m <= n <= SIZE. */
    private static final int PAIRS = SIZE * (SIZE + 1) / 2;

    private static void everyRangeIsRight(ServedLog served) throws Exception {
        everyRangeIsRight(served, SIZE);
    }

    private static void everyRangeIsRight(ServedLog served, int size) throws Exception {
        List<CompactRange> ranges = served.ranges();
        LogClient client = served.client();
        for (int n = 0; n <= size; n++) {
            TreeHead head = served.log().head(n);
            for (int m = 0; m <= n; m++) {
                assertThat(client.rangeAt(m, head)).as("%d of %d", m, n).isEqualTo(ranges.get(m));
            }
        }
    }

    private static ServedLog classic() {
        return new ServedLog(LogProtocol.RFC6962).grow(SIZE);
    }

    @Test
    void throughHashTiles() throws Exception {
        try (ServedLog served = new ServedLog(LogProtocol.STATIC).grow(SIZE)) {
            AtomicInteger tiles = served.count("tile/0/000.p/");

            everyRangeIsRight(served);

            assertThat(tiles).hasValue(PAIRS);
        }
    }

    @Test
    void throughTheProofOfTheLastEntry() throws Exception {
        try (ServedLog served = classic()) {
            served.faults().always("get-(sth-consistency|proof-by-hash|entries)", status(404));
            AtomicInteger proofs = served.count("get-entry-and-proof");

            everyRangeIsRight(served);

            assertThat(proofs).hasValue(PAIRS);
        }
    }

    /** Among the hashes are some with + and / in their base64. */
    @Test
    void throughTheProofOfTheLastHash() throws Exception {
        try (ServedLog served = classic()) {
            served.faults().always("get-(sth-consistency|entry-and-proof)", status(501));
            AtomicInteger proofs = served.count("get-proof-by-hash");

            everyRangeIsRight(served);

            assertThat(proofs).hasValue(PAIRS);
        }
    }

    /** Only from trees of up to three entries there is nothing to prove. */
    @Test
    void throughConsistencyProofs() throws Exception {
        try (ServedLog served = classic()) {
            served.faults().always("get-(proof-by-hash|entry-and-proof)", status(400));
            AtomicInteger proofs = served.count("get-sth-consistency");

            everyRangeIsRight(served);

            assertThat(proofs).hasValue(PAIRS - 4);
        }
    }

    @Test
    void throughAllEntriesOfASmallLogThatProvesNothing() throws Exception {
        try (ServedLog served = classic()) {
            served.faults()
                    .always("get-(sth-consistency|proof-by-hash|entry-and-proof)", status(404));

            everyRangeIsRight(served, 40);
        }
    }

    @ParameterizedTest
    @EnumSource(LogProtocol.class)
    void theEmptyRangeBelongsToEveryTree(LogProtocol protocol) throws Exception {
        try (ServedLog served = new ServedLog(protocol)) {
            TreeHead none = served.log().head(0);
            assertThat(served.client().rangeAt(0, none)).isEqualTo(CompactRange.startingAt(0));

            served.grow(5);
            served.faults().always("/", status(500));
            assertThat(served.client().rangeAt(0, served.log().head(5)))
                    .isEqualTo(CompactRange.startingAt(0));

            Sha256 wrong = new MerkleHasher().leaf(new byte[0]);
            assertThatExceptionOfType(LogMisbehaviorException.class)
                    .isThrownBy(() -> served.client().rangeAt(0, new TreeHead(0, wrong)));
        }
    }

    @ParameterizedTest
    @CsvSource({"RFC6962,6", "RFC6962,-1", "STATIC,6", "STATIC,-1"})
    void aRangeBeyondTheTreeIsNotAskedFor(LogProtocol protocol, long size) {
        try (ServedLog served = new ServedLog(protocol).grow(5)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> served.client().rangeAt(size, served.log().head(5)));
        }
    }

    /** Each way in turn has to notice that the log now goes another way. */
    @ParameterizedTest
    @CsvSource({
        "STATIC,nothing",
        "RFC6962,get-(sth-consistency|proof-by-hash|entries)",
        "RFC6962,get-(sth-consistency|entry-and-proof)",
        "RFC6962,get-(proof-by-hash|entry-and-proof)",
        "RFC6962,get-(sth-consistency|proof-by-hash|entry-and-proof)"
    })
    void aForkedLogIsMisbehavior(LogProtocol protocol, String off) throws Exception {
        try (ServedLog served = new ServedLog(protocol).grow(SIZE)) {
            served.faults().always(off, status(404));
            SimulatedLog fork = served.log().fork(100);
            ServedLog.grow(fork, 30, 1);
            served.server().add(fork);
            LogClient client = served.client();
            List<CompactRange> ranges = served.ranges();

            assertThat(client.rangeAt(60, served.log().head(100))).isEqualTo(ranges.get(60));
            assertThat(client.rangeAt(100, served.log().head(100))).isEqualTo(ranges.get(100));
            for (int m : new int[] {1, 60, 64, 99, 100, 101, 129, 130}) {
                assertThatExceptionOfType(LogMisbehaviorException.class)
                        .isThrownBy(() -> client.rangeAt(m, served.log().head(SIZE)));
            }
            assertThat(client.rangeAt(60, fork.head(SIZE))).isEqualTo(ranges.get(60));
        }
    }
}
