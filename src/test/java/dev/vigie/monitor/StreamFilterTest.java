package dev.vigie.monitor;

import static dev.vigie.testing.Api.addRule;
import static dev.vigie.testing.Api.addWatchlist;
import static dev.vigie.testing.Api.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vigie.ct.loglist.LogProtocol;
import dev.vigie.testing.Api;
import dev.vigie.testing.DatabaseTest;
import dev.vigie.testing.EventClient;
import dev.vigie.testing.LogPark;
import dev.vigie.testing.RawWebSocket;
import dev.vigie.testing.StreamClient;
import dev.vigie.testing.StreamMeters;
import dev.vigie.testing.Teams;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who gets what: hits of a watchlist, events instead of sockets, and nothing for intruders. */
@QuarkusTest
@DatabaseTest
@NullUnmarked
class StreamFilterTest {

    private static final List<String> FEEDS = List.of("lite", "full", "domains");

    @Inject LogConnections connections;
    @Inject TailingTools tools;

    private final LogPark park = new LogPark();

    @AfterEach
    void close() {
        park.close();
        FEEDS.forEach(feed -> StreamMeters.awaitClients(feed, 0));
    }

    private StreamedLog newLog() throws Exception {
        return new StreamedLog(park, LogProtocol.STATIC, connections, tools);
    }

    private static String narrowToken(String watchlist) {
        return Api.post(
                        "/tokens",
                        Map.of("name", "narrow", "scope", "authorise", "watchlistId", watchlist))
                .statusCode(201)
                .extract()
                .path("token");
    }

    @Test
    void aFilterLetsOnlyTheHitsOfItsWatchlistThrough() throws Exception {
        String watchlist = addWatchlist("filtered");
        addRule(watchlist, "domain", "filtered.example");
        addRule(addWatchlist("other"), "domain", "other.example");
        var log = newLog();
        String path = "/certstream/domains-only?watchlist=" + watchlist;
        try (StreamClient all = StreamClient.open("/certstream/domains-only", null);
                StreamClient mine = StreamClient.open(path, Api.TOKEN);
                StreamClient narrow = StreamClient.open(path, Teams.token("viewer", null));
                EventClient events =
                        EventClient.open("?feed=domains&watchlist=" + watchlist, Api.TOKEN)) {
            StreamMeters.awaitClients("domains", 4);
            for (int i = 0; i < 50; i++) {
                log.log().addPrecert(List.of("e" + i + ".unwatched.example"));
                log.log().addPrecert(List.of("e" + i + ".other.example"));
                if (i % 10 == 0) {
                    log.log().addPrecert(List.of("e" + i + ".filtered.example"));
                }
            }

            log.look();

            all.messages(105);
            List<String> hits =
                    List.of(0, 10, 20, 30, 40).stream()
                            .map(i -> "[\"e" + i + ".filtered.example\"]")
                            .toList();
            for (List<JsonNode> got :
                    List.of(mine.messages(5), narrow.messages(5), events.messages(5))) {
                assertThat(got).extracting(m -> m.path("data").toString()).isEqualTo(hits);
            }
            assertThat(all.messages()).hasSize(105);
        }
    }

    @Test
    void noFilterWithoutATokenThatMaySeeTheWatchlist() {
        String watchlist = addWatchlist("mine");
        String other = Teams.token("admin", Teams.add());
        String narrow = narrowToken(watchlist);
        for (String path :
                List.of("/certstream", "/certstream/full-stream", "/certstream/domains-only")) {
            String filtered = path + "?watchlist=" + watchlist;
            assertThat(StreamClient.refusal(filtered, null)).isEqualTo(401);
            assertThat(StreamClient.refusal(filtered, "wrong")).isEqualTo(401);
            assertThat(StreamClient.refusal(filtered, narrow)).isEqualTo(401);
            assertThat(StreamClient.refusal(filtered, other)).isEqualTo(404);
            assertThat(StreamClient.refusal(path + "?watchlist=" + UUID.randomUUID(), Api.TOKEN))
                    .isEqualTo(404);
            assertThat(StreamClient.refusal(path + "?watchlist=x", Api.TOKEN)).isEqualTo(404);
            // the canary's, which nobody may see
            assertThat(
                            StreamClient.refusal(
                                    path + "?watchlist=00000000-0000-8000-8000-000000000002",
                                    Api.TOKEN))
                    .isEqualTo(404);
        }
        assertThat(EventClient.refusal("", null)).isEqualTo(401);
        assertThat(EventClient.refusal("", "wrong")).isEqualTo(401);
        assertThat(EventClient.refusal("?watchlist=" + watchlist, other)).isEqualTo(404);
        assertThat(EventClient.refusal("?feed=x", Api.TOKEN)).isEqualTo(400);
    }

    @Test
    void eventsAreTheSameMessages() throws Exception {
        var log = newLog();
        for (String feed : FEEDS) {
            String path =
                    Map.of(
                                    "lite", "/certstream",
                                    "full", "/certstream/full-stream",
                                    "domains", "/certstream/domains-only")
                            .get(feed);
            try (StreamClient socket = StreamClient.open(path, null);
                    EventClient events = EventClient.open("?feed=" + feed, Api.TOKEN)) {
                StreamMeters.awaitClients(feed, 2);
                for (int i = 0; i < 20; i++) {
                    log.log().addPrecert(List.of(feed + i + ".events.example"));
                }

                log.look();

                assertThat(events.messages(20)).isEqualTo(socket.messages(20));
                assertThat(events.header("Content-Type")).isEqualTo("text/event-stream");
                assertThat(events.header("X-Accel-Buffering")).isEqualTo("no");
            }
            StreamMeters.awaitClients(feed, 0);
        }
    }

    @Test
    void clientsHaveNothingToSay() throws Exception {
        try (var huge = new RawWebSocket("/certstream");
                var pieces = new RawWebSocket("/certstream");
                var chatty = new RawWebSocket("/certstream")) {
            StreamMeters.awaitClients("lite", 3);
            chatty.text(100, true);
            huge.text(5_000, true);
            pieces.text(10, false);

            huge.awaitEnd();
            pieces.awaitEnd();

            eventually(() -> StreamMeters.clients("lite") == 1);
            chatty.text(100, true);
            assertThat(StreamMeters.clients("lite")).isEqualTo(1);
        }
    }

    @Test
    void whoeverDoesNotAskForAWebSocketIsTold() {
        assertThat(Api.asAdmin().basePath("").get("/certstream").statusCode()).isEqualTo(426);
    }
}
