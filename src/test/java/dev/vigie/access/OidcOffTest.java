package dev.vigie.access;

import static io.restassured.RestAssured.given;

import dev.vigie.testing.DatabaseTest;
import io.quarkus.test.junit.QuarkusTest;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** Without a provider there is none. */
@QuarkusTest
@DatabaseTest
@NullUnmarked
class OidcOffTest {

    @Test
    void noPageSendsAnybodyAnywhere() {
        given().redirects().follow(false).get("/login").then().statusCode(404);
        given().redirects().follow(false).get("/login?code=x&state=y").then().statusCode(404);
        given().redirects().follow(false).get("/api/v1/watchlists").then().statusCode(401);
    }

    @Test
    void aJwtIsATokenLikeAnyOther() {
        given().header("Authorization", "Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.AAAA")
                .get("/api/v1/watchlists")
                .then()
                .statusCode(401);
    }
}
