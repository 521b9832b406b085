package dev.vigie.monitor;

import static dev.vigie.testing.Api.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vigie.testing.Api;
import dev.vigie.testing.DatabaseTest;
import dev.vigie.testing.EventClient;
import dev.vigie.testing.RawWebSocket;
import dev.vigie.testing.StreamClient;
import dev.vigie.testing.StreamMeters;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** With a token only, few at once, and none that is gone. */
@QuarkusTest
@DatabaseTest
@TestProfile(StreamLimitsTest.Strict.class)
class StreamLimitsTest {

    /** Settings of somebody who wants few listeners. */
    public static class Strict implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "vigie.stream.anonymous", "false",
                    "vigie.stream.max-clients", "2",
                    "vigie.stream.heartbeat", "200ms");
        }
    }

    @Test
    void withoutATokenNobodyComesInAndNoMoreThanMay() throws Exception {
        for (String path :
                new String[] {
                    "/certstream", "/certstream/full-stream", "/certstream/domains-only"
                }) {
            assertThat(StreamClient.refusal(path, null)).isEqualTo(401);
            assertThat(StreamClient.refusal(path, "wrong")).isEqualTo(401);
        }
        try (StreamClient one = StreamClient.open("/certstream", Api.TOKEN);
                EventClient two = EventClient.open("?feed=full", Api.TOKEN)) {
            StreamMeters.awaitClients("lite", 1);
            StreamMeters.awaitClients("full", 1);

            assertThat(StreamClient.refusal("/certstream/domains-only", Api.TOKEN)).isEqualTo(503);
            assertThat(EventClient.refusal("", Api.TOKEN)).isEqualTo(503);

            // both hear that the line is alive, and are not taken for gone
            eventually(() ->
                    one.texts().stream().filter(text -> text.contains("heartbeat")).count() > 5);
            assertThat(one.texts().getFirst())
                    .matches("\\{\"message_type\":\"heartbeat\",\"timestamp\":\\d{10}\\.\\d{3}}");
            eventually(() -> two.comments().size() > 5);
            assertThat(two.comments().getLast()).contains("heartbeat");
            two.close();
            StreamMeters.awaitClients("full", 0);
            StreamClient.open("/certstream/domains-only", Api.TOKEN).close();
        }
        StreamMeters.awaitClients("lite", 0);
        StreamMeters.awaitClients("domains", 0);
    }

    @Test
    void whoeverAnswersNoPingsIsClosed() throws Exception {
        try (var dead = new RawWebSocket("/certstream", Api.TOKEN)) {
            dead.awaitEnd();
        }
        StreamMeters.awaitClients("lite", 0);
    }

    @Test
    void whoeverMayListenNoMoreIsSentAway() throws Exception {
        var made = Api.post("/tokens", Map.of("name", "listener", "scope", "viewer")).extract();
        String token = made.path("token");
        String watchlist = Api.addWatchlist("Heard");
        try (StreamClient socket = StreamClient.open("/certstream", token);
                EventClient events = EventClient.open("?feed=full", token)) {
            eventually(() -> socket.texts().size() > 5 && events.comments().size() > 5);

            Api.asAdmin().delete("/tokens/" + made.path("id")).then().statusCode(204);

            eventually(() -> socket.closeCode() == 1001);
            StreamMeters.awaitClients("lite", 0);
            StreamMeters.awaitClients("full", 0);
        }
        try (EventClient filtered = EventClient.open("?watchlist=" + watchlist, Api.TOKEN);
                EventClient all = EventClient.open("?feed=full", Api.TOKEN)) {
            eventually(() -> filtered.comments().size() > 5);

            Api.asAdmin().delete("/watchlists/" + watchlist).then().statusCode(204);

            StreamMeters.awaitClients("lite", 0);
            int heard = all.comments().size();
            eventually(() -> all.comments().size() > heard + 5);
        }
    }
}
