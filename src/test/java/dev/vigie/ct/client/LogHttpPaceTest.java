package dev.vigie.ct.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import dev.vigie.net.AddressGuard;
import dev.vigie.testing.RawHttpServer;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How often and how much at once a host is asked. */
class LogHttpPaceTest {

    private static final int MAX = 1 << 16;
    private static final byte[] BODY = "a whole body".getBytes(ISO_8859_1);

    private final AtomicLong now = new AtomicLong();
    private final HostBudgets budgets = new HostBudgets(now::get);
    private final LogHttp http = http();

    private LogHttp http() {
        return new LogHttp(
                AddressGuard.allowingAll(),
                "Vigie",
                Duration.ofSeconds(20),
                InstantSource.system(),
                budgets);
    }

    @AfterEach
    void close() {
        http.close();
    }

    /** H11 */
    @ParameterizedTest
    @CsvSource({
        "429,Retry-After: 1000000000,3600",
        "503,Retry-After: 120,120",
        "403,Retry-After: 120,120",
        "429,'Retry-After: Tue, 22 Dec 2099 10:00:00 UTC',3600"
    })
    void aHostThatWantsALongPauseIsNotAskedMeanwhile(int status, String header, long seconds) {
        try (var server = RawHttpServer.saying(answer(status, header))) {
            assertThatIOException().isThrownBy(() -> http.get(server.url(), MAX));

            for (Purpose purpose : Purpose.values()) {
                assertThatExceptionOfType(LogUnavailableException.class)
                        .isThrownBy(() -> http.get(server.url().resolve("x"), MAX, purpose))
                        .withMessage(
                                "127.0.0.1:%d wants fewer requests and is left alone for another"
                                        + " %d seconds",
                                server.url().getPort(), seconds)
                        .satisfies(e -> assertThat(e.isUnasked()).isTrue());
            }
            assertThat(server.connections()).isEqualTo(1);
            now.addAndGet(Duration.ofSeconds(seconds).toNanos());
            assertThatExceptionOfType(LogUnavailableException.class)
                    .isThrownBy(() -> http.get(server.url(), MAX))
                    .satisfies(e -> assertThat(e.isUnasked()).isFalse());
            assertThat(server.connections()).isEqualTo(2);
        }
    }

    /** H11: whatever cannot be understood is as if nothing was said. */
    @ParameterizedTest
    @ValueSource(strings = {"X: 1", "Retry-After: -1", "Retry-After: soon", "Retry-After: 1.5"})
    void aHostThatSaysNotForHowLongIsLeftAloneForAWhile(String header) {
        try (var server = RawHttpServer.saying(answer(429, header))) {
            assertThatIOException().isThrownBy(() -> http.get(server.url(), MAX));
            HostBudget budget = budgets.of(server.url());
            var next = new FutureTask<>(() -> http.get(server.url(), MAX, Purpose.TREE_HEAD));
            Thread.ofVirtual().start(next);

            await().until(() -> budget.waiting() == 1);
            assertThat(server.connections()).isEqualTo(1);
            now.addAndGet(Duration.ofMillis(1500).toNanos());
            budget.lookAtTheClock();
            await().until(next::isDone);
            assertThat(server.connections()).isEqualTo(2);
        }
    }

    private static String answer(int status, String header) {
        return "HTTP/1.1 %d No\r\n%s\r\nContent-Length: 0\r\n\r\n".formatted(status, header);
    }

    @Test
    void noMoreThanFourRequestsAreUnderWayAtOnce() throws Exception {
        var underWay = new AtomicInteger();
        var most = new AtomicInteger();
        var go = new CountDownLatch(1);
        var server =
                new RawHttpServer(out -> {
                    most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
                    go.await();
                    underWay.decrementAndGet();
                    out.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".getBytes(ISO_8859_1));
                });
        try (server) {
            List<FutureTask<?>> tasks = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                var task = new FutureTask<>(() -> http.get(server.url(), MAX));
                Thread.ofVirtual().start(task);
                tasks.add(task);
            }
            await().until(() -> budgets.of(server.url()).waiting() == 8 && underWay.get() == 4);
            go.countDown();
            for (FutureTask<?> task : tasks) {
                task.get(30, TimeUnit.SECONDS);
            }
            assertThat(most).hasValue(4);
        }
    }

    @Test
    void onlyRechecksPassCachesBy() throws Exception {
        try (var server = RawHttpServer.serving("", BODY)) {
            for (Purpose purpose : Purpose.values()) {
                http.get(server.url(), MAX, purpose);
            }
            assertThat(server.requestHeads()).hasSize(Purpose.values().length);
            for (Purpose purpose : Purpose.values()) {
                assertThat(
                                server.requestHeads()
                                        .get(purpose.ordinal())
                                        .contains("Cache-Control: no-cache"))
                        .as("%s", purpose)
                        .isEqualTo(purpose == Purpose.RECHECK);
            }
        }
    }

    @Test
    void aFixedRateIsThatOfTheHost() throws Exception {
        try (var server = RawHttpServer.serving("", BODY)) {
            http.limitRate(server.url().resolve("one/"), 4);
            http.get(server.url().resolve("one/"), MAX);
            var next = new FutureTask<>(() -> http.get(server.url().resolve("other/"), MAX));
            Thread.ofVirtual().start(next);

            await().until(() -> budgets.of(server.url()).waiting() == 1);
            now.addAndGet(Duration.ofMillis(250).toNanos());
            budgets.of(server.url()).lookAtTheClock();
            assertThat(next.get(30, TimeUnit.SECONDS).toByteArray()).isEqualTo(BODY);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, Double.NaN, Double.POSITIVE_INFINITY})
    void whatIsNoRateIsRefused(double rate) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> http.limitRate(URI.create("https://ct.test/"), rate));
    }

    @Test
    void closingEndsThoseWhoWait() throws Exception {
        try (var server = new RawHttpServer(out -> Thread.sleep(60_000))) {
            List<FutureTask<?>> tasks = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                var task = new FutureTask<>(() -> http.get(server.url(), MAX));
                Thread.ofVirtual().start(task);
                tasks.add(task);
            }
            await().until(() -> budgets.of(server.url()).waiting() == 2);

            http.close();

            for (FutureTask<?> task : tasks) {
                assertThatExceptionOfType(ExecutionException.class)
                        .isThrownBy(() -> task.get(30, TimeUnit.SECONDS))
                        .withCauseInstanceOf(IOException.class);
            }
        }
    }
}
