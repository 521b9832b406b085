package dev.vigie.access;

import static io.restassured.RestAssured.given;

import dev.vigie.testing.Api;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** Users of the tests, and how they log in. */
final class People {

    static final String PASSWORD = "seven green bicycles";
    static final String COOKIE = "vigie-session";

    private People() {}

    static String freshName() {
        return "person-" + UUID.randomUUID();
    }

    static Map<String, Object> body(String name, String role, String teamId) {
        Map<String, Object> body = new HashMap<>();
        body.put("name", name);
        body.put("role", role);
        body.put("password", PASSWORD);
        if (teamId != null) {
            body.put("teamId", teamId);
        }
        return body;
    }

    /** Adds one; returns the id. */
    static String add(String name, String role, String teamId) {
        return Api.post("/users", body(name, role, teamId)).statusCode(201).extract().path("id");
    }

    static String addTeam() {
        return Api.post("/teams", Map.of("name", "team " + UUID.randomUUID()))
                .statusCode(201)
                .extract()
                .path("id");
    }

    static Response tryLogin(String name, String password) {
        return given().basePath("/api/v1")
                .contentType("application/json")
                .body(Map.of("name", name, "password", password))
                .post("/session");
    }

    /** Returns the cookie. */
    static String logIn(String name) {
        return tryLogin(name, PASSWORD).then().statusCode(201).extract().cookie(COOKIE);
    }

    /** As our own page asks. */
    static RequestSpecification as(String cookie) {
        return bare(cookie).header("Sec-Fetch-Site", "same-origin").header("If-Match", "*");
    }

    /** As any page asks. */
    static RequestSpecification bare(String cookie) {
        return given().basePath("/api/v1").cookie(COOKIE, cookie).contentType("application/json");
    }

    /** What somebody gets who asks who they are. */
    static int who(String cookie) {
        return as(cookie).get("/session").statusCode();
    }
}
