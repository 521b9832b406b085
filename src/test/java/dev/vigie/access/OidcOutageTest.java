package dev.vigie.access;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;

import dev.vigie.testing.Api;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A provider that is away keeps people out, and nothing else. */
@QuarkusTest
@TestProfile(OidcOutageTest.Away.class)
class OidcOutageTest {

    /** Nobody listens where the provider should be. */
    public static class Away implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "quarkus.oidc.tenant-enabled", "true",
                    "quarkus.oidc.auth-server-url", "http://127.0.0.1:9/",
                    "quarkus.oidc.credentials.secret", "a secret of at least thirty-two signs");
        }
    }

    @Test
    void peopleAreToldToComeBackAndTokensOfOursAreGood() {
        Response page = given().redirects().follow(false).get("/login");
        assertThat(page.statusCode()).isEqualTo(503);
        assertThat(page.contentType()).startsWith("text/html");
        assertThat(page.header("Content-Security-Policy")).contains("default-src 'none'");
        assertThat(page.asString()).contains("does not answer");

        given().header("Authorization", "Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.AAAA")
                .get("/api/v1/watchlists")
                .then()
                .statusCode(503)
                .contentType("application/problem+json")
                .body("detail", containsString("does not answer"));
        Api.get("/watchlists").statusCode(200);
    }
}
