package dev.vigie.ct.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.sun.net.httpserver.HttpExchange;
import dev.vigie.ct.EntryBatch;
import dev.vigie.ct.LogMisbehaviorException;
import dev.vigie.ct.loglist.LogProtocol;
import dev.vigie.net.AddressGuard;
import dev.vigie.simulator.CertificateMaker;
import dev.vigie.simulator.FaultScript;
import dev.vigie.simulator.LogSigner;
import dev.vigie.simulator.SimulatedLog;
import dev.vigie.simulator.SimulatedLogServer;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Logs that give large ranges never: DigiCert's did, at a limit of their database. */
class Rfc6962RangesTest {

    private static final int SIZE = 2500;

    private final AtomicLong now = new AtomicLong();

    private final SimulatedLog log =
            new SimulatedLog(
                    "classic",
                    LogProtocol.RFC6962,
                    LogSigner.ecdsa(),
                    new CertificateMaker(1),
                    InstantSource.fixed(Instant.EPOCH));
    private final SimulatedLogServer server = new SimulatedLogServer().add(log);
    private final LogHttp http =
            new LogHttp(
                    AddressGuard.allowingAll(),
                    "Vigie",
                    Duration.ofSeconds(20),
                    () -> Instant.EPOCH,
                    new HostBudgets(now::get));
    private final Rfc6962Client client =
            new Rfc6962Client(http, server.url(log), log.signer().publicKey());
    private final List<Integer> asked = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        http.close();
        server.close();
    }

    /** L01, L04 */
    @ParameterizedTest
    @ValueSource(ints = {1, 3, 31, 255, 700})
    void aLogThatRefusesLargeRangesIsReadToItsEnd(int most) throws Exception {
        refuseMoreThan(most, FaultScript.status(403));

        int failures = readAll(client);

        assertThat(failures).isLessThan(60);
        assertThat(asked.getLast()).isLessThanOrEqualTo(most);
    }

    static Stream<Arguments> refusals() {
        String more = "{\"leaf_input\":\"\"},".repeat(1001).replaceAll(",$", "");
        return Stream.of(
                arguments("a status", FaultScript.status(500)),
                arguments("a cut connection", FaultScript.reset()),
                arguments("HTML, H13", FaultScript.body("<html>".getBytes(UTF_8))),
                arguments("no entries, L03", body("")),
                arguments("more than asked for, L02", body(more)),
                arguments("a body cut short, H06", (FaultScript.Fault) Rfc6962RangesTest::cut));
    }

    private static FaultScript.Fault body(String entries) {
        return FaultScript.body("{\"entries\":[%s]}".formatted(entries).getBytes(UTF_8));
    }

    private static void cut(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 1000);
        exchange.getResponseBody().write("{\"entries\":[".getBytes(UTF_8));
        exchange.getResponseBody().flush();
        throw new IOException("simulated");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusals")
    void howeverItRefuses(String what, FaultScript.Fault fault) throws Exception {
        refuseMoreThan(255, fault);

        assertThat(readAll(client)).isEqualTo(3);
        // a cut connection the JDK tries once more by itself
        assertThat(asked).containsSubsequence(1000, 1000, 500, 250).endsWith(250);
    }

    @Test
    void whatIsLearntIsKnownToAllWhoReadTheLog() throws Exception {
        refuseMoreThan(255, FaultScript.status(403));

        readAll(client.asking(Purpose.CATCH_UP));
        asked.clear();
        client.asking(Purpose.RECHECK).entries(0, SIZE, SIZE);

        assertThat(asked).containsExactly(250);
    }

    @Test
    void aPageSizeCanBeSet() throws Exception {
        refuseMoreThan(SIZE, FaultScript.status(403));

        client.pageSize(100);
        client.entries(0, SIZE, SIZE);
        client.asking(Purpose.CATCH_UP).entries(130, SIZE, SIZE);

        assertThat(asked).containsExactly(100, 70);
    }

    /** A log whose host wants a pause has not failed to give the range. */
    @Test
    void aPauseOfTheHostIsNoFailureOfTheRange() throws Exception {
        server.faults().next(1, "get-sth", FaultScript.status(429, "Retry-After", "600"));
        assertThatIOException().isThrownBy(client::treeHead);
        for (int i = 0; i < 5; i++) {
            assertThatIOException()
                    .isThrownBy(() -> client.entries(0, SIZE, SIZE))
                    .withMessageContaining("left alone");
        }
        now.addAndGet(Duration.ofSeconds(600).toNanos());
        refuseMoreThan(SIZE, FaultScript.status(403));

        client.entries(0, SIZE, SIZE);
        assertThat(asked).containsExactly(1000);
    }

    private int readAll(LogClient reader) throws InterruptedException {
        int failures = 0;
        long next = 0;
        while (next < SIZE) {
            try {
                EntryBatch batch = reader.entries(next, SIZE, SIZE);
                assertThat(batch.range().start()).isEqualTo(next);
                next = batch.range().end();
            } catch (IOException | LogMisbehaviorException e) {
                failures++;
            }
        }
        return failures;
    }

    private void refuseMoreThan(int most, FaultScript.Fault fault) {
        server.faults()
                .always(
                        "get-entries",
                        exchange -> {
                            String[] range = exchange.getRequestURI().getQuery().split("\\D+");
                            int wanted =
                                    Integer.parseInt(range[2]) - Integer.parseInt(range[1]) + 1;
                            asked.add(wanted);
                            String entries = "{\"leaf_input\":\"\"},".repeat(wanted);
                            (wanted > most ? fault : body(entries.replaceAll(",$", "")))
                                    .answer(exchange);
                        });
    }
}
