package dev.vigie.testing;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;

import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** The REST API as a script uses it. */
public final class Api {

    public static final String TOKEN = "token-of-the-tests";

    private Api() {}

    /** Whatever they replace is what they meant to replace. */
    public static RequestSpecification asAdmin() {
        return as(TOKEN).header("If-Match", "*");
    }

    public static RequestSpecification as(String token) {
        return given().header("Authorization", "Bearer " + token).basePath("/api/v1");
    }

    public static ValidatableResponse post(String path, Object body) {
        return asAdmin().contentType("application/json").body(body).post(path).then();
    }

    public static ValidatableResponse get(String path) {
        return asAdmin().get(path).then();
    }

    public static String addWatchlist(String name, String... channelIds) {
        return post("/watchlists", Map.of("name", name, "channelIds", List.of(channelIds)))
                .statusCode(201)
                .extract()
                .path("id");
    }

    public static String addRule(String watchlistId, String kind, String pattern) {
        return post(
                        "/watchlists/" + watchlistId + "/rules",
                        Map.of("kind", kind, "pattern", pattern))
                .statusCode(201)
                .extract()
                .path("id");
    }

    /** Waits until something is so; patiently, since machines are busy. */
    public static void eventually(Callable<Boolean> condition) {
        await().atMost(Duration.ofMinutes(2)).until(condition);
    }

    /** The matches of a watchlist, newest first. */
    public static List<Map<String, Object>> matches(String watchlistId) {
        return get("/matches?limit=500&watchlistId=" + watchlistId)
                .statusCode(200)
                .extract()
                .path("items");
    }
}
