package dev.vigie.access;

import static dev.vigie.access.People.PASSWORD;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vigie.access.guess.ClientAddress;
import dev.vigie.access.guess.Guesses;
import dev.vigie.access.guess.TooManyGuessesException;
import dev.vigie.team.Reach;
import dev.vigie.testing.DatabaseTest;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whoever guesses has few tries, however they go about it (A07, A17). */
@QuarkusTest
@TestProfile(StrictLimits.class)
@DatabaseTest
@NullUnmarked
class LimitsTest {

    private static final int LIMIT = 10;

    @Inject Tokens tokens;
    @Inject Guesses guesses;
    @Inject Logins logins;
    @Inject Users users;
    @Inject AccessConfig config;
    @Inject InstantSource clock;
    @Inject EntityManager entities;
    @Inject Seen seen;

    private String name;
    private String token;

    /** All attempts of which others are told. */
    @Singleton
    public static class Seen {
        final ConcurrentLinkedQueue<Attempt> attempts = new ConcurrentLinkedQueue<>();

        void see(@Observes Attempt attempt) {
            attempts.add(attempt);
        }
    }

    @BeforeEach
    void addSomebodyAndForgetGuesses() {
        name = People.freshName();
        users.add(new Users.Wanted(name, Role.EDITOR, Reach.ALL, true, PASSWORD));
        token = tokens.make(new Tokens.Wanted("good", Role.ADMIN, Reach.ALL, null, null)).token();
        QuarkusTransaction.requiringNew()
                .run(() -> entities.createNativeQuery("delete from guess").executeUpdate());
        seen.attempts.clear();
    }

    private TokenGuesses replica() {
        return new TokenGuesses(tokens, guesses, config, clock);
    }

    private String tryToken(TokenGuesses replica, String text, String address) {
        try {
            return replica.bearer(text, ClientAddress.of(address)).isPresent() ? "good" : "bad";
        } catch (TooManyGuessesException e) {
            assertThat(e.retryAfter().toSeconds()).isBetween(1L, 120L);
            return "later";
        }
    }

    private String tryLogin(String user, String password, String address) {
        try {
            logins.logIn(user, password, ClientAddress.of(address), null);
            return "good";
        } catch (WrongLoginException e) {
            return "bad";
        } catch (TooManyGuessesException e) {
            return "later";
        }
    }

    private static Map<String, Long> counts(int times, Callable<String> each) throws Exception {
        List<Future<String>> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (int i = 0; i < times; i++) {
                answers.add(threads.submit(each));
            }
        }
        List<String> got = new ArrayList<>();
        for (Future<String> answer : answers) {
            got.add(answer.get());
        }
        return got.stream().collect(Collectors.groupingBy(a -> a, Collectors.counting()));
    }

    /** One test for all that comes by HTTP: there it is always the same address. */
    @Test
    void ofTenThousandTokensTenAreLookedAtAndWhoeverHasAGoodOneIsNotKeptOut() throws Exception {
        HttpClient http = HttpClient.newHttpClient();
        assertThat(ask(http, token, 0)).isEqualTo("200");

        Map<String, Long> answers =
                counts(
                        10_000,
                        () -> ask(http, "vgt_" + UUID.randomUUID(), (int) (Math.random() * 200)));

        assertThat(answers).containsOnlyKeys("401", "429");
        assertThat(answers.get("401")).isLessThanOrEqualTo(LIMIT + 1).isPositive();
        assertThat(ask(http, token, 7)).isEqualTo("200");
        Response refused =
                given().header("Authorization", "Bearer wrong").get("/api/v1/watchlists");
        refused.then().statusCode(429).contentType("application/problem+json");
        assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 120);
        // nor who has logged in, nor who has not tried to show anything
        given().get("/api/v1/watchlists").then().statusCode(401);
        String cookie =
                logins.logIn(name, PASSWORD, ClientAddress.of("192.0.2.200"), null).cookie();
        assertThat(People.who(cookie)).isEqualTo(200);
        // but a good token that was never seen from there has to wait
        String other =
                tokens.make(new Tokens.Wanted("other", Role.VIEWER, Reach.ALL, null, null)).token();
        assertThat(ask(http, other, 3)).isEqualTo("429");
    }

    private static String ask(HttpClient http, String token, int forwarded) throws Exception {
        return Integer.toString(
                http.send(
                                HttpRequest.newBuilder(
                                                URI.create(
                                                        "http://127.0.0.1:%d/api/v1/watchlists"
                                                                .formatted(RestAssured.port)))
                                        .header("Authorization", "Bearer " + token)
                                        .header("X-Forwarded-For", "203.0.113." + forwarded)
                                        .header("Forwarded", "for=203.0.113." + forwarded)
                                        .build(),
                                HttpResponse.BodyHandlers.discarding())
                        .statusCode());
    }

    @Test
    void twoReplicasTogetherLookAtNoMoreTokensThanOne() throws Exception {
        TokenGuesses[] replicas = {replica(), replica()};

        Map<String, Long> answers =
                counts(
                        2_000,
                        () ->
                                tryToken(
                                        replicas[(int) (Math.random() * 2)],
                                        "wrong " + UUID.randomUUID(),
                                        "192.0.2.1"));

        assertThat(answers.get("bad")).isEqualTo(LIMIT);
        assertThat(answers.get("later")).isEqualTo(2_000 - LIMIT);
        assertThat(tryToken(replica(), token, "192.0.2.1")).isEqualTo("later");
        assertThat(tryToken(replica(), token, "192.0.2.2")).isEqualTo("good");
    }

    @Test
    void anIpv6CustomerIsOneAddress() {
        TokenGuesses replica = replica();
        for (int i = 0; i < LIMIT; i++) {
            assertThat(tryToken(replica, "wrong" + i, "2001:db8:0:1::" + i)).isEqualTo("bad");
        }

        assertThat(tryToken(replica, "wrong", "2001:db8:0:1:ffff::")).isEqualTo("later");
        assertThat(tryToken(replica, "wrong", "2001:db8:0:2::1")).isEqualTo("bad");
    }

    @Test
    void aTokenThatIsRevokedIsNotRememberedAsGood() {
        TokenGuesses replica = replica();
        Tokens.Made made =
                tokens.make(new Tokens.Wanted("short", Role.VIEWER, Reach.ALL, null, null));
        assertThat(tryToken(replica, made.token(), "192.0.2.3")).isEqualTo("good");
        tokens.revoke(Reach.ALL, made.info().id());

        for (int i = 0; i < LIMIT; i++) {
            assertThat(tryToken(replica, made.token(), "192.0.2.3")).isEqualTo("bad");
        }
        assertThat(tryToken(replica, made.token(), "192.0.2.3")).isEqualTo("later");
    }

    @Test
    void fromOneAddressTenLoginsAreTriedWhoeverIsMeant() throws Exception {
        Map<String, Long> answers =
                counts(60, () -> tryLogin(People.freshName(), "wrong password", "192.0.2.10"));

        assertThat(answers).isEqualTo(Map.of("bad", (long) LIMIT, "later", 60L - LIMIT));
        assertThat(tryLogin(name, PASSWORD, "192.0.2.10")).isEqualTo("later");
        assertThat(tryLogin(name, PASSWORD, "192.0.2.11")).isEqualTo("good");
        assertThat(seen.attempts.stream().filter(a -> a.outcome() == Attempt.Outcome.BLOCKED))
                .hasSize(1);
        assertThat(seen.attempts.stream().filter(a -> a.outcome() == Attempt.Outcome.FAILED))
                .hasSize(LIMIT)
                .allMatch(a -> a.name() == null && a.address().equals("192.0.2.10"));
    }

    @Test
    void forOneAccountTenLoginsAreTriedFromWhereverAndItsOwnerIsNotKeptOut() throws Exception {
        assertThat(tryLogin(name, PASSWORD, "198.51.100.1")).isEqualTo("good");

        Map<String, Long> answers =
                counts(
                        60,
                        () ->
                                tryLogin(
                                        name.toUpperCase(Locale.ROOT),
                                        "wrong password",
                                        "203.0.113." + (int) (Math.random() * 250)));

        assertThat(answers).isEqualTo(Map.of("bad", (long) LIMIT, "later", 60L - LIMIT));
        assertThat(tryLogin(name, PASSWORD, "203.0.113.251")).isEqualTo("later");
        assertThat(tryLogin(name, PASSWORD, "198.51.100.1")).isEqualTo("good");
        // nor is the owner's address a way to guess more
        for (int i = 0; i < LIMIT; i++) {
            assertThat(tryLogin(name, "wrong password", "198.51.100.1")).isEqualTo("bad");
        }
        assertThat(tryLogin(name, PASSWORD, "198.51.100.1")).isEqualTo("later");
    }

    @Test
    void whatIsSaidDoesNotTellWhetherSomebodyIsKnown() {
        for (String user : List.of(name, People.freshName())) {
            for (int i = 0; i < LIMIT; i++) {
                assertThat(tryLogin(user, "wrong password", "198.51.100." + (20 + i)))
                        .isEqualTo("bad");
            }
            assertThat(tryLogin(user, "wrong password", "198.51.100.40")).isEqualTo("later");
        }
    }

    @Test
    void goodLoginsAreNoGuesses() {
        for (int i = 0; i < 2 * LIMIT; i++) {
            assertThat(tryLogin(name, PASSWORD, "198.51.100.60")).isEqualTo("good");
        }
    }

    /** Its body and its status are the same, too. */
    @Test
    void aLoginByHttpIsRefusedInTheSameWordsForAll() {
        List<String> texts = new ArrayList<>();
        for (String user : List.of(name, People.freshName(), name)) {
            Response answer = People.tryLogin(user, "wrong password");
            texts.add(answer.statusCode() + answer.asString());
        }
        assertThat(texts.stream().distinct()).hasSize(1);
        assertThat(texts.getFirst()).contains("The name or the password is wrong.");
        for (int i = 0; i < LIMIT; i++) {
            People.tryLogin(People.freshName(), "wrong password");
        }

        Response known = People.tryLogin(name, PASSWORD);
        Response unknown = People.tryLogin(People.freshName(), PASSWORD);

        known.then().statusCode(429);
        assertThat(unknown.asString()).isEqualTo(known.asString());
        assertThat(Integer.parseInt(unknown.header("Retry-After"))).isBetween(1, 120);
    }

    @Test
    void ownPasswordsCannotBeGuessedFromAStolenSession() {
        Logins.LoggedIn in = logins.logIn(name, PASSWORD, ClientAddress.of("192.0.2.70"), null);
        for (int i = 0; i < LIMIT; i++) {
            assertThatThrownBy(() -> changePassword(in, "wrong password"))
                    .isInstanceOf(WrongLoginException.class);
        }

        assertThatThrownBy(() -> changePassword(in, PASSWORD))
                .isInstanceOf(TooManyGuessesException.class);
    }

    private void changePassword(Logins.LoggedIn in, String current) {
        logins.changePassword(
                in.bearer(),
                in.session(),
                current,
                "eight blue tricycles",
                ClientAddress.of("192.0.2.71"));
    }

    @Test
    void whoeverAsksTooMuchHasToWaitAndNobodyElse() {
        String busy = viewer("busy");
        Response last = null;
        for (int i = 0; i < 2_000 && (last == null || last.statusCode() == 200); i++) {
            last = stats(busy);
        }

        assertThat(last.statusCode()).isEqualTo(429);
        assertThat(last.contentType()).startsWith("application/problem+json");
        assertThat(Integer.parseInt(last.header("Retry-After"))).isBetween(1, 60);
        assertThat(stats(viewer("calm")).statusCode()).isEqualTo(200);
    }

    private String viewer(String name) {
        return tokens.make(new Tokens.Wanted(name, Role.VIEWER, Reach.ALL, null, null)).token();
    }

    private static Response stats(String token) {
        return given().header("Authorization", "Bearer " + token).get("/api/v1/stats");
    }
}
