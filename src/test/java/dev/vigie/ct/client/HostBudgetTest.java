package dev.vigie.ct.client;

import static dev.vigie.ct.client.Purpose.CATCH_UP;
import static dev.vigie.ct.client.Purpose.LOOK_BACK;
import static dev.vigie.ct.client.Purpose.RECHECK;
import static dev.vigie.ct.client.Purpose.TAIL;
import static dev.vigie.ct.client.Purpose.TREE_HEAD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** In a time that moves when the test says so. */
class HostBudgetTest {

    private final AtomicLong now = new AtomicLong(42);
    private final HostBudget budget = new HostBudget("ct.test:443", now::get, () -> 0);

    @Test
    void fourAtOnceAndNoMore() throws Exception {
        List<HostBudget.Slot> slots = take(TAIL, HostPacing.FIRST_SLOTS);

        Future<HostBudget.Slot> fifth = ask(TAIL);
        assertThat(fifth.isDone()).isFalse();
        slots.getFirst().close();
        take(fifth);
    }

    @Test
    void theMoreUrgentComesFirstAndOfEqualsTheEarlier() throws Exception {
        HostBudget.Slot slot = take(TAIL, HostPacing.FIRST_SLOTS).getFirst();
        List<Future<HostBudget.Slot>> inOrder = new ArrayList<>();
        Future<HostBudget.Slot> oldTail = ask(TAIL);
        Future<HostBudget.Slot> tail = ask(TAIL);
        Future<HostBudget.Slot> head = ask(TREE_HEAD);
        Future<HostBudget.Slot> laterHead = ask(TREE_HEAD);
        inOrder.addAll(List.of(head, laterHead, oldTail, tail));

        while (!inOrder.isEmpty()) {
            slot.close();
            slot = take(inOrder.removeFirst());
            assertThat(inOrder).noneMatch(Future::isDone);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"CATCH_UP", "RECHECK"})
    void oneSlotIsKeptFreeOfTheBackground(Purpose background) throws Exception {
        List<HostBudget.Slot> slots = take(background, HostPacing.FIRST_SLOTS - 1);

        Future<HostBudget.Slot> more = ask(background);
        assertThat(more.isDone()).isFalse();
        HostBudget.Slot head = take(ask(TREE_HEAD));
        assertThat(more.isDone()).isFalse();
        head.close();
        assertThat(budget.waiting()).isEqualTo(1);
        slots.getFirst().close();
        take(more);
    }

    @Test
    void lookingBackComesLastAndLeavesHalfOfTheSlots() throws Exception {
        List<HostBudget.Slot> slots = take(LOOK_BACK, HostPacing.FIRST_SLOTS / 2);
        Future<HostBudget.Slot> lookBack = ask(LOOK_BACK);
        assertThat(lookBack.isDone()).isFalse();
        HostBudget.Slot catchUp = take(ask(CATCH_UP));
        take(ask(TAIL));
        Future<HostBudget.Slot> recheck = ask(RECHECK);
        Future<HostBudget.Slot> tail = ask(TAIL);

        slots.getFirst().close();
        take(tail);
        slots.getLast().close();
        assertThat(recheck.isDone()).isFalse();
        catchUp.close();
        take(recheck);
        assertThat(lookBack.isDone()).isFalse();
    }

    /** Or it would never have its turn at a host that bears little. */
    @Test
    void lookingBackHasOneSlotWhereThereAreTheFewest() throws Exception {
        for (int i = 0; i < 5; i++) {
            HostBudget.Slot slot = take(ask(TAIL));
            slot.broken();
            slot.close();
        }

        HostBudget.Slot slot = take(ask(LOOK_BACK));
        Future<HostBudget.Slot> second = ask(LOOK_BACK);
        assertThat(second.isDone()).isFalse();
        take(ask(TAIL)).close();
        slot.close();
        take(second);
    }

    @Test
    void catchingUpComesBeforeCheckingAgain() throws Exception {
        List<HostBudget.Slot> slots = take(RECHECK, HostPacing.FIRST_SLOTS - 1);
        Future<HostBudget.Slot> recheck = ask(RECHECK);
        Future<HostBudget.Slot> catchUp = ask(CATCH_UP);

        slots.getFirst().close();
        take(catchUp);
        assertThat(recheck.isDone()).isFalse();
    }

    @Test
    void aRefusalSpacesTheRequestsOfAllPurposes() throws Exception {
        try (HostBudget.Slot slot = take(ask(TAIL))) {
            slot.refused(503, null);
        }

        Future<HostBudget.Slot> tail = ask(TAIL);
        Future<HostBudget.Slot> head = ask(TREE_HEAD);
        assertThat(budget.waiting()).isEqualTo(2);
        pass(Duration.ofMillis(100));
        take(head);
        assertThat(tail.isDone()).isFalse();
        pass(Duration.ofMillis(100));
        take(tail);
    }

    /** H11 */
    @Test
    void aShortPauseIsWaitedForAndTheTreeHeadIsFirstAfterIt() throws Exception {
        take(ask(TAIL)).refused(429, Duration.ofSeconds(5));

        Future<HostBudget.Slot> tail = ask(TAIL);
        Future<HostBudget.Slot> head = ask(TREE_HEAD);
        pass(Duration.ofMillis(4999));
        assertThat(budget.waiting()).isEqualTo(2);
        pass(Duration.ofMillis(1));
        take(head);
        assertThat(tail.isDone()).isFalse();
    }

    /** H11 */
    @ParameterizedTest
    @EnumSource
    void aLongPauseIsToldAtOnceWhateverThePurpose(Purpose purpose) throws Exception {
        HostBudget.Slot slot = take(ask(TAIL));
        slot.refused(429, Duration.ofMinutes(10));
        slot.close();
        pass(Duration.ofMinutes(1));

        assertThatExceptionOfType(LogUnavailableException.class)
                .isThrownBy(() -> budget.take(purpose))
                .withMessageContaining("ct.test:443")
                .withMessageContaining("540 seconds")
                .satisfies(e -> assertThat(e.isUnasked()).isTrue())
                .satisfies(e -> assertThat(e.isMissing()).isFalse())
                .satisfies(e -> assertThat(e.retryAfter()).contains(Duration.ofMinutes(9)));
        pass(Duration.ofMinutes(9));
        take(ask(purpose));
    }

    @Test
    void aPauseIsLongFromFiveSecondsOn() throws Exception {
        take(ask(TAIL)).refused(429, Duration.ofMillis(5001));

        assertThatIOException().isThrownBy(() -> budget.take(TAIL));
        pass(Duration.ofMillis(1));
        ask(TAIL);
        assertThat(budget.waiting()).isEqualTo(1);
    }

    @Test
    void aLongPauseEndsTheWaitingOfThoseWhoCameBefore() throws Exception {
        HostBudget.Slot slot = take(TAIL, HostPacing.FIRST_SLOTS).getFirst();
        Future<HostBudget.Slot> waiting = ask(TREE_HEAD);

        slot.refused(429, Duration.ofHours(1));

        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> take(waiting))
                .withCauseInstanceOf(LogUnavailableException.class);
    }

    @Test
    void aFixedRateIsKept() throws Exception {
        budget.limitRate(10);
        take(ask(TAIL)).succeeded();

        Future<HostBudget.Slot> next = ask(TAIL);
        pass(Duration.ofMillis(99));
        assertThat(budget.waiting()).isEqualTo(1);
        pass(Duration.ofMillis(1));
        take(next);
    }

    @Test
    void closingEndsAllWaiting() throws Exception {
        take(TAIL, HostPacing.FIRST_SLOTS);
        List<Future<HostBudget.Slot>> waiting = List.of(ask(TREE_HEAD), ask(TAIL), ask(CATCH_UP));

        budget.close();

        for (Future<HostBudget.Slot> task : waiting) {
            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(() -> take(task))
                    .withCauseInstanceOf(IOException.class);
        }
        assertThatIOException().isThrownBy(() -> budget.take(TREE_HEAD));
    }

    @Test
    void whoGivesUpWaitingStandsInNobodysWay() throws Exception {
        HostBudget.Slot slot = take(TAIL, HostPacing.FIRST_SLOTS).getFirst();
        var impatient = new FutureTask<>(() -> budget.take(TREE_HEAD));
        Thread thread = Thread.ofVirtual().start(impatient);
        await().until(() -> budget.waiting() == 1);
        Future<HostBudget.Slot> tail = ask(TAIL);

        thread.interrupt();
        await().until(() -> budget.waiting() == 1);
        slot.close();

        take(tail);
    }

    @ParameterizedTest
    @CsvSource({
        "https://ct.test/2026h1/,https://CT.test:443/2026h2/checkpoint,true",
        "http://ct.test/a/,http://ct.test:80/b/,true",
        "https://ct.test/,http://ct.test/,false",
        "https://ct.test/,https://a.ct.test/,false",
        "https://ct.test/,https://ct.test:8443/,false"
    })
    void oneHostAndPortHasOneBudget(URI one, URI other, boolean same) {
        try (var budgets = new HostBudgets()) {
            assertThat(budgets.of(one) == budgets.of(other)).isEqualTo(same);
        }
    }

    @Test
    void closingTheBudgetsEndsThoseOfHostsYetUnknown() {
        var budgets = new HostBudgets();
        budgets.close();

        assertThatIOException()
                .isThrownBy(() -> budgets.of(URI.create("https://ct.test/")).take(TAIL));
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
        budget.lookAtTheClock();
    }

    /** Returns when it has its slot or waits. */
    private Future<HostBudget.Slot> ask(Purpose purpose) {
        int before = budget.waiting();
        var task = new FutureTask<>(() -> budget.take(purpose));
        Thread.ofVirtual().start(task);
        await().until(() -> task.isDone() || budget.waiting() > before);
        return task;
    }

    private List<HostBudget.Slot> take(Purpose purpose, int count) throws Exception {
        List<HostBudget.Slot> slots = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            slots.add(take(ask(purpose)));
        }
        return slots;
    }

    private static HostBudget.Slot take(Future<HostBudget.Slot> task) throws Exception {
        return task.get(30, TimeUnit.SECONDS);
    }
}
