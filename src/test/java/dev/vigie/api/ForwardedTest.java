package dev.vigie.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigie.testing.Api;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where a change came from is what a trusted proxy says, whatever it says. */
@QuarkusTest
@TestProfile(ForwardedTest.BehindProxy.class)
@NullUnmarked
class ForwardedTest {

    /** All requests of the tests come from there. */
    public static class BehindProxy implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "quarkus.http.proxy.proxy-address-forwarding",
                    "true",
                    "quarkus.http.proxy.trusted-proxies",
                    "127.0.0.1");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "203.0.113.7, 203.0.113.7",
        "2001:DB8:0::7, 2001:db8::7",
        "unknown, unknown",
        "_hidden, _hidden",
    })
    void whatAProxySaysIsWrittenDown(String forwarded, String address) {
        String id =
                Api.asAdmin()
                        .header("X-Forwarded-For", forwarded)
                        .contentType("application/json")
                        .body(Map.of("name", "forwarded"))
                        .post("/watchlists")
                        .then()
                        .statusCode(201)
                        .extract()
                        .path("id");

        String written =
                Api.get("/audit?subject=/api/v1/watchlists/" + id)
                        .extract()
                        .path("items[0].address");
        assertThat(written).isEqualTo(address);
    }
}
