package dev.vigie.monitor;

import static dev.vigie.testing.Api.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vigie.ct.loglist.LogProtocol;
import dev.vigie.testing.DatabaseTest;
import dev.vigie.testing.LogPark;
import dev.vigie.testing.RawWebSocket;
import dev.vigie.testing.StreamClient;
import dev.vigie.testing.StreamMeters;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Nobody is waited for. */
@QuarkusTest
@DatabaseTest
@TestProfile(SlowClientsTest.LittleInBetween.class)
class SlowClientsTest {

    private static final int SLOW_ONES = 200;
    private static final int ENTRIES = 3_000;
    private static final int QUEUE = 1_000;

    /** What the healthy one has to take at once, however slow the machine is: less than waits. */
    private static final int ROUND = QUEUE / 2;

    @Inject LogConnections connections;
    @Inject TailingTools tools;

    private final LogPark park = new LogPark();

    /** The kernel keeps little of what a client does not read, as for one that is far away. */
    public static class LittleInBetween implements QuarkusTestProfile {
        @Override
        public Set<Class<?>> getEnabledAlternatives() {
            return Set.of(SmallBuffers.class);
        }
    }

    /** Of the server's sockets. */
    @Alternative
    @ApplicationScoped
    public static class SmallBuffers implements HttpServerOptionsCustomizer {
        @Override
        public void customizeHttpServer(HttpServerOptions options) {
            options.setSendBufferSize(32_768);
        }
    }

    @Test
    void twoHundredClientsThatNeverReadCostTheOthersNothing() throws Exception {
        var log = new StreamedLog(park, LogProtocol.STATIC, connections, tools);
        List<RawWebSocket> slow = new ArrayList<>();
        try (StreamClient healthy = StreamClient.open("/certstream/domains-only", null)) {
            for (int i = 0; i < SLOW_ONES; i++) {
                slow.add(new RawWebSocket("/certstream/full-stream"));
            }
            StreamMeters.awaitClients("full", SLOW_ONES);
            StreamMeters.awaitClients("domains", 1);

            for (int i = 0; i < ENTRIES; i++) {
                log.log().addPrecert(List.of("e" + i + ".slow.example"));
                if ((i + 1) % ROUND == 0) {
                    log.look(); // to the end
                    healthy.messages(i + 1);
                }
            }

            assertThat(healthy.messages())
                    .map(JsonNode::toString)
                    .containsExactlyElementsOf(
                            IntStream.range(0, ENTRIES)
                                    .mapToObj(i ->
                                            "{\"message_type\":\"dns_entries\",\"data\":[\"e%d.slow.example\"]}"
                                                    .formatted(i))
                                    .toList());
            assertThat(StreamMeters.dropped("domains")).isZero();
            eventually(() -> StreamMeters.bytes() == 0);
            double all = (double) ENTRIES * SLOW_ONES;
            double sent = StreamMeters.sent("full");
            double dropped = StreamMeters.dropped("full");
            assertThat(dropped).as("dropped").isGreaterThan(all / 3);
            assertThat(all - sent - dropped)
                    .as("still kept")
                    .isBetween(0.0, (double) QUEUE * SLOW_ONES);
            System.out.printf(
                    "200 slow clients: of %.0f messages %.0f sent, %.0f dropped, %.0f kept%n",
                    all, sent, dropped, all - sent - dropped);
        } finally {
            for (RawWebSocket client : slow) {
                client.close();
            }
            park.close();
        }
        StreamMeters.awaitClients("full", 0);
    }
}
