package dev.vigie.api;

import static dev.vigie.testing.Api.asAdmin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vigie.testing.Api;
import dev.vigie.testing.DatabaseTest;
import dev.vigie.testing.Outbox;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Escalation and renewal of a watchlist are kept as they are given, or refused (A04). */
@QuarkusTest
@DatabaseTest
@NullUnmarked
class WatchlistCareTest {

    private static final String HOOK = "http://127.0.0.1:9/hook";
    private static final String CHANNEL = "the id of a channel";

    // one for all refusals, made when they are needed
    private static String channel;
    private static String watchlist;

    private static Map<String, Object> of(Object... pairs) {
        Map<String, Object> map = new HashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put((String) pairs[i], pairs[i + 1]);
        }
        return map;
    }

    private static Map<String, Object> escalation(Object... pairs) {
        Map<String, Object> map = of("after", "PT4H", "channelIds", List.of(CHANNEL));
        map.putAll(of(pairs));
        return of("escalation", map);
    }

    private static Map<String, Object> renewal(Object... pairs) {
        return of("renewal", of(pairs));
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                arguments(escalation("after", null), "escalation.after", "such as PT4H"),
                arguments(escalation("after", ""), "escalation.after", "PT1M to P30D"),
                arguments(escalation("after", "PT59S"), "escalation.after", "PT1M to P30D"),
                arguments(escalation("after", "P30DT1S"), "escalation.after", "PT1M to P30D"),
                arguments(escalation("after", "-PT4H"), "escalation.after", "PT1M to P30D"),
                arguments(escalation("after", "P1M"), "escalation.after", "PT1M to P30D"),
                arguments(escalation("after", "4 hours"), "escalation.after", "PT1M to P30D"),
                arguments(
                        escalation("after", "P" + "9".repeat(30) + "D"),
                        "escalation.after",
                        "PT1M to P30D"),
                arguments(escalation("after", "P" + "0".repeat(50) + "1D"), "escalation.after", ""),
                arguments(escalation("channelIds", null), "escalation.channelIds", "channels"),
                arguments(escalation("channelIds", List.of()), "escalation.channelIds", "1 to 20"),
                arguments(
                        escalation("channelIds", Collections.nCopies(1, UUID.randomUUID())),
                        "escalation.channelIds",
                        "no such channel"),
                arguments(
                        escalation(
                                "channelIds", Stream.generate(UUID::randomUUID).limit(21).toList()),
                        "escalation.channelIds",
                        "1 to 20"),
                arguments(escalation("channelIds", List.of("x")), "escalation.channelIds", ""),
                arguments(
                        escalation("channelIds", Collections.singletonList(null)),
                        "escalation.channelIds",
                        ""),
                arguments(escalation("severity", "high"), "escalation.severity", "no such field"),
                arguments(of("escalation", "PT4H"), "escalation", "right type"),
                arguments(renewal("expiryDays", 0), "renewal.expiryDays", "between 1 and 365"),
                arguments(renewal("expiryDays", 366), "renewal.expiryDays", "between 1 and 365"),
                arguments(renewal("expiryDays", -1), "renewal.expiryDays", "between 1 and 365"),
                arguments(renewal("expiryDays", "P30D"), "renewal.expiryDays", "right type"),
                arguments(renewal("issuerChanges", "sometimes"), "renewal.issuerChanges", "type"),
                arguments(renewal("canaryNames", "c.example"), "renewal.canaryNames", "type"),
                arguments(renewal("canaryNames", List.of("com")), "renewal.canaryNames", "single"),
                arguments(renewal("canaryNames", List.of("")), "renewal.canaryNames", "needed"),
                arguments(renewal("canaryNames", List.of("a b.c")), "renewal.canaryNames", "blank"),
                arguments(renewal("canaryNames", List.of("*.a.b")), "renewal.canaryNames", "label"),
                arguments(
                        renewal("canaryNames", Collections.singletonList(null)),
                        "renewal.canaryNames",
                        "null"),
                arguments(
                        renewal("canaryNames", Collections.nCopies(101, "a.example")),
                        "renewal.canaryNames",
                        "size"),
                arguments(renewal("canaryDays", 0), "renewal.canaryDays", "between 1 and 365"),
                arguments(renewal("canaryDays", 366), "renewal.canaryDays", "between 1 and 365"),
                arguments(renewal("days", 3), "renewal.days", "no such field"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void whatMeansNothingIsRefusedWithTheField(
            Map<String, Object> body, String field, String sentence) {
        channel = channel == null ? Outbox.webhook(HOOK) : channel;
        watchlist = watchlist == null ? Api.addWatchlist("care") : watchlist;
        Map<String, Object> whole = new HashMap<>(body);
        whole.put("name", "changed");
        Object filled = JsonPath.from(text(whole).replace(CHANNEL, channel)).getMap("$");

        refused(Api.post("/watchlists", filled), field, sentence);
        refused(change(watchlist, filled), field, sentence);

        Api.get("/watchlists/" + watchlist)
                .body("name", equalTo("care"))
                .body("escalation", nullValue())
                .body("renewal", nullValue());
    }

    private static String text(Object body) {
        try {
            return new ObjectMapper().writeValueAsString(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ValidatableResponse change(String watchlist, Object body) {
        return asAdmin()
                .contentType("application/json")
                .body(body)
                .put("/watchlists/" + watchlist)
                .then();
    }

    private static void refused(ValidatableResponse response, String field, String sentence) {
        response.statusCode(400)
                .contentType("application/problem+json")
                .body("violations[0].field", startsWith(field))
                .body("violations[0].message", containsString(sentence))
                .body(not(containsString("Exception")));
    }

    @Test
    void whatIsGivenIsKeptAndWhatIsLeftOutIsOff() {
        String channel = Outbox.webhook(HOOK);
        Map<String, Object> all =
                Map.of(
                        "name",
                        "care",
                        "escalation",
                        Map.of("after", "PT90M", "channelIds", List.of(channel)),
                        "renewal",
                        Map.of(
                                "expiryDays",
                                30,
                                "issuerChanges",
                                true,
                                "canaryNames",
                                List.of("C.Example.", "bücher.example", "c.example"),
                                "canaryDays",
                                3));
        String id = Api.post("/watchlists", all).statusCode(201).extract().path("id");

        Map<String, Object> shown = Api.get("/watchlists/" + id).statusCode(200).extract().path("");

        assertThat(shown)
                .containsEntry(
                        "escalation", Map.of("after", "PT1H30M", "channelIds", List.of(channel)))
                .containsEntry(
                        "renewal",
                        Map.of(
                                "expiryDays",
                                30,
                                "issuerChanges",
                                true,
                                "canaryNames",
                                List.of("c.example", "xn--bcher-kva.example"),
                                "canaryDays",
                                3));
        change(id, Map.of("name", "care"))
                .statusCode(200)
                .body("escalation", nullValue())
                .body("renewal", nullValue());
        asAdmin().delete("/channels/" + channel).then().statusCode(204);
    }

    static Stream<Arguments> renewals() {
        return Stream.of(
                arguments(of(), null),
                arguments(of("issuerChanges", false), null),
                arguments(of("canaryDays", 3), null),
                arguments(of("canaryNames", List.of()), null),
                arguments(of("expiryDays", 1), of("expiryDays", 1, "issuerChanges", false)),
                arguments(of("issuerChanges", true), of("issuerChanges", true)),
                arguments(
                        of("canaryNames", List.of("c.example")),
                        of(
                                "issuerChanges",
                                false,
                                "canaryNames",
                                List.of("c.example"),
                                "canaryDays",
                                7)));
    }

    @ParameterizedTest
    @MethodSource("renewals")
    void whatCanBeLeftOutIsAsUsual(Map<String, Object> given, Map<String, Object> shown) {
        Api.post("/watchlists", Map.of("name", "care", "renewal", given))
                .statusCode(201)
                .body("renewal", equalTo(shown));
    }

    @Test
    void aChannelToEscalateToStaysAsLongAsItIsNeeded() {
        String channel = Outbox.webhook(HOOK);
        String id =
                Api.post(
                                "/watchlists",
                                Map.of(
                                        "name",
                                        "care",
                                        "escalation",
                                        Map.of("after", "PT1M", "channelIds", List.of(channel))))
                        .statusCode(201)
                        .extract()
                        .path("id");

        asAdmin()
                .delete("/channels/" + channel)
                .then()
                .statusCode(409)
                .contentType("application/problem+json")
                .body("detail", containsString("1 watchlists"));

        asAdmin().delete("/watchlists/" + id).then().statusCode(204);
        asAdmin().delete("/channels/" + channel).then().statusCode(204);
    }

    @Test
    void nobodyEscalatesToWhatTheServiceKeepsForItself() {
        refused(
                Api.post(
                        "/watchlists",
                        Map.of(
                                "name",
                                "care",
                                "escalation",
                                Map.of(
                                        "after",
                                        "PT1M",
                                        "channelIds",
                                        List.of("00000000-0000-8000-8000-000000000001")))),
                "escalation.channelIds",
                "no such channel");
    }
}
