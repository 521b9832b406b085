package dev.vigie.access.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

@NullUnmarked
class HashSlotsTest {

    private final AtomicInteger now = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();

    private int work() {
        most.accumulateAndGet(now.incrementAndGet(), Math::max);
        LockSupport.parkNanos(100_000); // others may run meanwhile, however few cores there are
        return now.decrementAndGet();
    }

    @Test
    void neverMoreThanTwoAreMadeAtOnceAndAllInTheEnd() throws Exception {
        var slots = new HashSlots(2, Duration.ofMinutes(2), 1000);
        List<Future<Integer>> done = new ArrayList<>();

        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 500; i++) {
                done.add(threads.submit(() -> slots.run(this::work)));
            }
            for (Future<Integer> each : done) {
                each.get();
            }
        }

        assertThat(most.get()).isBetween(1, 2);
    }

    @Test
    void whoeverWaitsInVainIsToldAndAFailureFreesTheSlot() throws Exception {
        var slots = new HashSlots(1, Duration.ofMillis(20), 1000);
        var begun = new CountDownLatch(1);
        var end = new CountDownLatch(1);

        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> holder =
                    threads.submit(() ->
                            slots.run(() -> {
                                begun.countDown();
                                try {
                                    end.await();
                                } catch (InterruptedException e) {
                                    throw new IllegalStateException(e);
                                }
                                throw new IllegalArgumentException("a failure");
                            }));
            begun.await();

            try {
                assertThatThrownBy(() -> slots.run(() -> 1))
                        .isInstanceOf(HashingBusyException.class);
            } finally {
                end.countDown();
            }
            assertThatThrownBy(holder::get).hasRootCauseMessage("a failure");
        }
        assertThat(slots.run(() -> 1)).isEqualTo(1);
    }
}
