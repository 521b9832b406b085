package dev.vigie.monitor;

import static dev.vigie.simulator.FaultScript.body;
import static dev.vigie.simulator.FaultScript.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.vigie.ct.client.LogHttp;
import dev.vigie.ct.loglist.LogListKey;
import dev.vigie.ct.loglist.LogProtocol;
import dev.vigie.net.AddressGuard;
import dev.vigie.simulator.CertificateMaker;
import dev.vigie.simulator.FaultScript.Fault;
import dev.vigie.simulator.LogSigner;
import dev.vigie.simulator.SimulatedLog;
import dev.vigie.simulator.SimulatedLogServer;
import dev.vigie.testing.DatabaseTest;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

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
    private final LogListSource list =
            new PublishedLogList(
                    server.logListUrl(),
                    LogListKey.parsePem(server.logListKey()),
                    true,
                    http,
                    InstantSource.system());

    @BeforeEach
    void publishTwoLogs() {
        for (LogProtocol protocol : LogProtocol.values()) {
            server.add(
                    new SimulatedLog(
                            "listed-" + protocol,
                            protocol,
                            LogSigner.ecdsa(),
                            new CertificateMaker(1),
                            InstantSource.system()));
        }
    }

    @AfterEach
    void close() {
        server.close();
        http.close();
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                arguments("json", status(500), "HTTP 500"),
                arguments("json", status(302, "Location", "file:///etc/passwd"), "redirect to"),
                arguments("json", text("<html>checking your browser</html>"), "does not verify"),
                arguments("json", text("{}"), "does not verify"),
                arguments("sig", status(404), "HTTP 404"),
                arguments("sig", text("x"), "signature of the log list"),
                arguments("sig", body(new byte[256]), "does not verify"));
    }

    private static Fault text(String text) {
        return body(text.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void whateverComesTheLastGoodListIsKept(String file, Fault fault, String sentence)
            throws Exception {
        assertThat(list.fetch().logs()).hasSize(2);
        server.faults().always("log_list." + file, fault);

        assertThatThrownBy(list::fetch).hasMessageContaining(sentence);

        assertThat(list.lastGood().logs()).hasSize(2);
    }

    @Test
    void listAndSignatureThatDoNotMatchForAMomentAreReadAgain() throws Exception {
        server.faults().next(2, "log_list.sig", body(new byte[256]));

        assertThat(list.fetch().logs()).hasSize(2);
    }
}
