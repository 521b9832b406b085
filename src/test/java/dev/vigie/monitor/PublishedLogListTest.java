package dev.vigie.monitor;

import static dev.vigie.simulator.FaultScript.body;
import static dev.vigie.simulator.FaultScript.reset;
import static dev.vigie.simulator.FaultScript.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.vigie.ct.client.LogHttp;
import dev.vigie.ct.loglist.LogListException;
import dev.vigie.ct.loglist.LogListKey;
import dev.vigie.ct.loglist.LogListParser;
import dev.vigie.ct.loglist.LogProtocol;
import dev.vigie.ct.loglist.LogSelection;
import dev.vigie.net.AddressGuard;
import dev.vigie.simulator.CertificateMaker;
import dev.vigie.simulator.FaultScript.Fault;
import dev.vigie.simulator.LogSigner;
import dev.vigie.simulator.SimulatedLog;
import dev.vigie.simulator.SimulatedLogServer;
import dev.vigie.testing.DatabaseTest;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** P11: the log list can be late or hostile without harm. */
@QuarkusTest
@DatabaseTest
class PublishedLogListTest {

    private final SimulatedLogServer server = new SimulatedLogServer();
    private final LogHttp http =
            new LogHttp(
                    AddressGuard.allowingAll(),
                    "test",
                    Duration.ofSeconds(5),
                    InstantSource.system());
    private final List<Duration> pauses = new ArrayList<>();
    private final AtomicReference<Instant> now =
            new AtomicReference<>(Instant.parse("2026-11-22T00:00:00Z"));
    private final LogListSource list =
            list(server.logListUrl(), LogListKey.parsePem(server.logListKey()));
    private final List<SimulatedLog> logs = new ArrayList<>();

    private LogListSource list(URI url, @Nullable LogListKey key) {
        var selection = new LogSelection(Set.of(), true, false);
        return new PublishedLogList(url, key, selection, http, pauses::add, now::get);
    }

    @BeforeEach
    void publishTwoLogs() {
        for (LogProtocol protocol : LogProtocol.values()) {
            add("listed-" + protocol, protocol);
        }
    }

    private void add(String name, LogProtocol protocol) {
        var log =
                new SimulatedLog(
                        name,
                        protocol,
                        LogSigner.ecdsa(),
                        new CertificateMaker(1),
                        InstantSource.system());
        logs.add(log);
        server.add(log);
    }

    @AfterEach
    void close() {
        server.close();
        http.close();
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                away("json", status(500), "HTTP 500"),
                away("json", status(302, "Location", "file:///etc/passwd"), "redirect to"),
                away("json", reset(), ""),
                away("sig", status(404), "HTTP 404"),
                away("sig", reset(), ""),
                refused("json", text("<html>checking your browser</html>"), "does not verify"),
                refused("json", text("{}"), "does not verify"),
                refused("sig", text("x"), "signature of the log list"),
                refused("sig", body(new byte[256]), "does not verify"));
    }

    private static Arguments away(String file, Fault fault, String sentence) {
        return arguments(file, fault, IOException.class, sentence);
    }

    private static Arguments refused(String file, Fault fault, String sentence) {
        return arguments(file, fault, LogListException.class, sentence);
    }

    private static Fault text(String text) {
        return body(text.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void whateverComesTheLastGoodListIsKept(
            String file, Fault fault, Class<? extends Exception> kind, String sentence)
            throws Exception {
        assertThat(list.fetch().logs()).hasSize(2);
        Instant before = now.getAndSet(now.get().plusSeconds(60));
        server.faults().always("log_list." + file, fault);

        assertThatThrownBy(list::fetch).isInstanceOf(kind).hasMessageContaining(sentence);

        assertThat(list.lastGood().logs()).hasSize(2);
        assertThat(list.lastFetched()).contains(before);
    }

    @Test
    void listAndSignatureThatDoNotMatchForAMomentAreReadAgain() throws Exception {
        server.faults().next(2, "log_list.sig", body(new byte[256]));

        assertThat(list.fetch().logs()).hasSize(2);
        assertThat(pauses).containsExactly(Duration.ofSeconds(2), Duration.ofSeconds(2));
    }

    @Test
    void aListThatDoesNotChangeIsFetchedAllTheSame() throws Exception {
        assertThat(list.lastFetched()).isEmpty();
        list.fetch();
        now.set(now.get().plusSeconds(3600));

        list.fetch();

        assertThat(list.lastFetched()).contains(now.get());
    }

    /** L26: signed, and yet not followed. */
    @Test
    void aListThatLacksManyLogsIsRefused() throws Exception {
        for (int i = 0; i < 10; i++) {
            add("more-" + i, LogProtocol.STATIC);
        }
        list.fetch();
        logs.subList(0, 3).forEach(server.list()::withdraw);

        assertThatThrownBy(list::fetch)
                .isInstanceOf(LogListException.class)
                .hasMessageContaining("lacks 3 of the 12 active logs");

        assertThat(list.lastGood().logs()).hasSize(12);
    }

    /** L26 */
    @Test
    void anOlderListIsRefused() throws Exception {
        LogListSource unsigned = list(server.logListUrl(), null);
        byte[] older = server.logList();
        server.list().rename(logs.getFirst(), "Renamed");
        unsigned.fetch();
        server.faults().always("log_list.json", body(older));

        assertThatThrownBy(unsigned::fetch)
                .isInstanceOf(LogListException.class)
                .hasMessageContaining("is older than the one held");
        assertThat(pauses).isEmpty();
    }

    /** L26 */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aFileThatIsTooLongIsNotCut(boolean tooLong, @TempDir Path folder) throws Exception {
        Path file = folder.resolve("list.json");
        byte[] content = Arrays.copyOf(server.logList(), LogListParser.MAX_BYTES + 1);
        Arrays.fill(content, server.logList().length, content.length, (byte) ' ');
        Files.write(file, tooLong ? content : Arrays.copyOf(content, LogListParser.MAX_BYTES));
        LogListSource ofFile = list(file.toUri(), null);

        if (tooLong) {
            assertThatThrownBy(ofFile::fetch)
                    .isInstanceOf(LogListException.class)
                    .hasMessage("The log list is longer than 16777216 bytes.");
        } else {
            assertThat(ofFile.fetch().logs()).hasSize(2);
        }
    }

    /** L26 */
    @Test
    void anAnswerThatIsTooLongIsRefused() throws Exception {
        list.fetch();
        server.faults().always("log_list.json", body(new byte[LogListParser.MAX_BYTES + 1]));

        assertThatThrownBy(list::fetch).isInstanceOf(IOException.class);

        assertThat(list.lastGood().logs()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"file:///no/such/file", "file://host/list.json", "file:list.json"})
    void aFileThatIsNotThereIsAway(String file) {
        LogListSource ofFile = list(URI.create(file), null);

        assertThatThrownBy(ofFile::fetch).isInstanceOf(IOException.class);
    }
}
