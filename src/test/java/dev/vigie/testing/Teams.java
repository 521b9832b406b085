package dev.vigie.testing;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Teams and people in them, as an administrator of all teams makes them. */
public final class Teams {

    private Teams() {}

    /** A new team's id. */
    public static String add() {
        return Api.post("/teams", Map.of("name", "team " + UUID.randomUUID()))
                .statusCode(201)
                .extract()
                .path("id");
    }

    /** A token of a team, or of all if it is null. */
    public static String token(String role, @Nullable String teamId) {
        Map<String, Object> body = new HashMap<>(Map.of("name", role, "scope", role));
        if (teamId != null) {
            body.put("teamId", teamId);
        }
        return Api.post("/tokens", body).statusCode(201).extract().path("token");
    }
}
