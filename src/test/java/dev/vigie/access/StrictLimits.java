package dev.vigie.access;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** As outside of tests: few guesses, and no administrator but those that are made. */
public class StrictLimits implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "vigie.access.guesses-per-minute",
                "10",
                "vigie.api.requests-per-minute",
                "500",
                "vigie.admin-token",
                "");
    }
}
