package dev.vigie.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.awaitility.Awaitility.await;

import dev.vigie.ct.EntryRange;
import dev.vigie.ct.LogMisbehaviorException;
import dev.vigie.ct.loglist.LogProtocol;
import dev.vigie.ct.merkle.CompactRange;
import dev.vigie.ct.merkle.MerkleHasher;
import dev.vigie.recent.SampleTap;
import dev.vigie.rule.RuleSet;
import dev.vigie.simulator.FaultScript;
import dev.vigie.testing.ServedLog;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class BatchReaderTest {

    private static final int SIZE = 3000;

    private final ReadAhead budget = new ReadAhead(100 << 20);
    private final List<EntryRange> read = new ArrayList<>();

    @ParameterizedTest
    @EnumSource
    void givesAllEntriesInTheOrderOfTheLog(LogProtocol protocol) throws Exception {
        try (var served = new ServedLog(protocol).grow(SIZE)) {
            served.server().pageSize(100);
            assertThat(readAll(served, 0)).isEqualTo(served.ranges().getLast());
        }
        assertThat(budget.taken()).isZero();
    }

    /** Each answer waits until three are asked for, which one at a time would never be. */
    @Test
    void severalAreUnderWayAtOnce() throws Exception {
        var three = new CountDownLatch(3);
        try (var served = new ServedLog(LogProtocol.STATIC).grow(SIZE)) {
            served.faults()
                    .always(
                            "tile/data/00[1-9]",
                            FaultScript.altering(body -> {
                                three.countDown();
                                awaitOpen(three);
                                return body;
                            }));
            readAll(served, 0);
        }
    }

    @Test
    void withoutRoomOneIsUnderWayAtATime() throws Exception {
        var underWay = new AtomicInteger();
        var most = new AtomicInteger();
        try (var served = new ServedLog(LogProtocol.STATIC).grow(SIZE)) {
            served.faults()
                    .always(
                            "tile/data",
                            FaultScript.altering(body -> {
                                most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
                                Thread.yield();
                                underWay.decrementAndGet();
                                return body;
                            }));
            try (var reader = reader(served, 0, new ReadAhead(0))) {
                drain(reader);
            }
        }
        assertThat(most).hasValue(1);
        assertThat(read.getLast().end()).isEqualTo(SIZE);
    }

    /** A page that grows shorter while more is under way leaves no hole. */
    @Test
    void whatAShortAnswerLeavesOutIsAskedForInBetween() throws Exception {
        try (var served = new ServedLog(LogProtocol.RFC6962).grow(SIZE)) {
            served.server().pageSize(500);
            try (var reader = reader(served, 0, budget)) {
                next(reader);
                served.server().pageSize(70);
                drain(reader);
            }
        }
        assertContiguous(0);
    }

    @Test
    void whatIsTooLongToBeReadAheadIsReadInItsTurn() throws Exception {
        try (var served = new ServedLog(LogProtocol.STATIC).grow(512)) {
            for (int i = 0; i < 256; i++) {
                served.log().addX509(new byte[8000]); // two megabytes, one is allowed
            }
            served.grow(512);
            AtomicInteger asked = served.count("tile/data/002");
            assertThat(readAll(served, 0)).isEqualTo(served.ranges().getLast());
            assertThat(asked).hasValue(2);
        }
        assertThat(budget.taken()).isZero();
    }

    @Test
    void aFailureComesInItsPlace() throws Exception {
        try (var served = new ServedLog(LogProtocol.STATIC).grow(SIZE)) {
            served.faults().always("tile/data/003", FaultScript.status(500));
            try (var reader = reader(served, 0, budget)) {
                for (int tile = 0; tile < 3; tile++) {
                    next(reader);
                }
                assertThatIOException().isThrownBy(reader::next).withMessageContaining("500");
            }
            assertContiguous(0);
            assertThat(read.getLast().end()).isEqualTo(3 * 256);
            await().until(() -> budget.taken() == 0);
        }
    }

    @Test
    void beginsAndEndsWhereItIsTold() throws Exception {
        try (var served = new ServedLog(LogProtocol.STATIC).grow(SIZE);
                var reader =
                        new BatchReader(
                                served.client(),
                                300,
                                1111,
                                SIZE,
                                budget,
                                b -> scanner().scan(b, RuleSet.EMPTY))) {
            drain(reader);
        }
        assertContiguous(300);
        assertThat(read.getLast().end()).isEqualTo(1111);
    }

    @Test
    void closingEndsWhatIsUnderWay() throws Exception {
        var never = new CountDownLatch(1);
        try (var served = new ServedLog(LogProtocol.STATIC).grow(SIZE)) {
            served.faults()
                    .always(
                            "tile/data/00[1-9]",
                            FaultScript.altering(body -> {
                                awaitOpen(never);
                                return body;
                            }));
            try (var reader = reader(served, 0, budget)) {
                next(reader);
                assertThat(budget.taken()).isPositive();
            }
            await().until(() -> budget.taken() == 0);
            never.countDown();
        }
    }

    private CompactRange readAll(ServedLog served, long start) throws Exception {
        var hasher = new MerkleHasher();
        CompactRange leaves = CompactRange.startingAt(start);
        try (var reader = reader(served, start, budget)) {
            while (reader.hasNext()) {
                leaves.append(hasher, next(reader).leaves());
            }
        }
        assertContiguous(start);
        return leaves;
    }

    private void drain(BatchReader reader) throws Exception {
        while (reader.hasNext()) {
            next(reader);
        }
    }

    private ScannedBatch next(BatchReader reader)
            throws IOException, InterruptedException, LogMisbehaviorException {
        ScannedBatch batch = reader.next();
        read.add(batch.range());
        return batch;
    }

    private void assertContiguous(long start) {
        long next = start;
        for (EntryRange range : read) {
            assertThat(range.start()).isEqualTo(next);
            next = range.end();
        }
    }

    private static BatchReader reader(ServedLog served, long start, ReadAhead budget) {
        long size = served.log().size();
        return new BatchReader(
                served.client(),
                start,
                size,
                size,
                budget,
                batch -> scanner().scan(batch, RuleSet.EMPTY));
    }

    private static BatchScanner scanner() {
        return new BatchScanner(() -> Instant.EPOCH, SampleTap.none());
    }

    private static void awaitOpen(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
