package dev.vigie.web;

import static dev.vigie.testing.TestDer.dns;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vigie.delivery.AlertLinks;
import dev.vigie.delivery.AlertMessage;
import dev.vigie.delivery.Delivery;
import dev.vigie.delivery.DeliveryStatus;
import dev.vigie.match.Match;
import dev.vigie.match.MatchStatus;
import dev.vigie.testing.CertificateBuilder;
import dev.vigie.testing.DatabaseTest;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** S12: who has the link of an alert sees what it is about, and nobody else sees anything. */
@QuarkusTest
@DatabaseTest
class AlertPageTest {

    private static final byte[] CERTIFICATE =
            new CertificateBuilder()
                    .commonNamed("login.watched.web.example")
                    .names(dns("login.watched.web.example"), dns("www.watched.web.example"))
                    .build();

    @Inject AlertLinks links;

    private ToldMatch told;
    private ToldMatch other;

    @BeforeEach
    void findSomething() {
        told = found();
        other = found();
    }

    private static ToldMatch found() {
        return ToldMatch.of(
                ToldMatch.Owner.create(),
                CERTIFICATE,
                List.of("login.watched.web.example", "www.watched.web.example"),
                List.of("login.watched.web.example is a subdomain of watched.web.example"));
    }

    private Response nothing() {
        return ToldMatch.open("/alerts/%s?code=wrong".formatted(UUID.randomUUID()));
    }

    private void assertNothing(Response answer) {
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.asString()).isEqualTo(nothing().asString());
        assertThat(answer.asString()).contains("There is nothing here").doesNotContain("watched");
    }

    @Test
    void aGoodLinkShowsWhatIsKnownWithoutAToken() {
        Response answer = ToldMatch.open(links.page(told.deliveryId()));

        assertThat(answer.statusCode()).isEqualTo(200);
        Document page = Jsoup.parse(answer.asString());
        assertThat(page.select("h1").text())
                .isEqualTo("A certificate for login.watched.web.example");
        assertThat(page.select("li code").eachText()).contains("www.watched.web.example");
        assertThat(page.select("main").text())
                .contains(
                        "Our domains",
                        "watched.web.example",
                        "CN=login.watched.web.example",
                        "CN=Odd Test CA",
                        "Severity high",
                        "first seen 2026-11-29 09:14:31",
                        "2026-01-01 00:00:00 to 2027-01-01 00:00:00",
                        "539",
                        "is a subdomain of watched.web.example",
                        "not yet proven",
                        "entry 4711");
        assertThat(answer.getCookies()).isEmpty();
    }

    @Test
    void whatWasDecidedSinceIsShown() {
        QuarkusTransaction.requiringNew()
                .run(() ->
                        Match.update(
                                "status = ?1 where id = ?2",
                                MatchStatus.AUTHORISED,
                                told.matchId()));

        Response answer = ToldMatch.open(links.page(told.deliveryId()));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(Jsoup.parse(answer.asString()).select("h2").text()).contains("authorised");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?code", "?code=", "?code=%00", "?code=%ff", "?code=x&code=y"})
    void withoutItsCodeThereIsNothing(String query) {
        assertNothing(ToldMatch.open("/alerts/%s%s".formatted(told.deliveryId(), query)));
    }

    @Test
    void aCodeThatWasChangedOrIsOfAnotherAlertIsNoGood() {
        String good = ToldMatch.code(links, told.deliveryId());
        List<String> wrong =
                List.of(
                        ToldMatch.code(links, other.deliveryId()),
                        good.substring(1),
                        good.substring(0, good.length() - 1),
                        good + "A",
                        good + "=",
                        good + "%20",
                        good + "%0a",
                        good.toUpperCase(Locale.ROOT),
                        "A".repeat(good.length()),
                        "A".repeat(2_000));
        for (String code : wrong) {
            assertNothing(ToldMatch.open("/alerts/%s?code=%s".formatted(told.deliveryId(), code)));
        }
    }

    @Test
    void aGoodCodeOfWhatIsGoneShowsNothing() {
        assertNothing(ToldMatch.open(links.page(UUID.randomUUID())));
        QuarkusTransaction.requiringNew().run(() -> Match.deleteById(told.matchId()));

        assertNothing(ToldMatch.open(links.page(told.deliveryId())));
    }

    @Test
    void aMessageThatIsAboutNoMatchHasNoPage() {
        UUID id = UUID.randomUUID();
        QuarkusTransaction.requiringNew()
                .run(() -> {
                    Delivery about = Delivery.findById(told.deliveryId());
                    Delivery.enqueue(id, about.channelId, AlertMessage.CHANNEL_TEST, Instant.now())
                                    .status =
                            DeliveryStatus.DELIVERED;
                });

        assertNothing(ToldMatch.open(links.page(id)));
    }

    @Test
    void whatIsNoIdIsNotFoundEither() {
        assertThat(ToldMatch.open("/alerts/x?code=y").statusCode()).isEqualTo(404);
        assertThat(ToldMatch.open("/alerts/%2e%2e?code=y").statusCode()).isEqualTo(404);
        assertThat(ToldMatch.open("/alerts?code=y").statusCode()).isEqualTo(404);
    }

    @Test
    void thePageCanOnlyBeLookedAt() {
        String path =
                "/alerts/%s?code=%s"
                        .formatted(told.deliveryId(), ToldMatch.code(links, told.deliveryId()));

        assertThat(given().urlEncodingEnabled(false).post(path).statusCode()).isEqualTo(405);
        assertThat(given().urlEncodingEnabled(false).delete(path).statusCode()).isEqualTo(405);
        Document page = Jsoup.parse(ToldMatch.open(path).asString());
        assertThat(page.select("form, script, img, iframe, [style], [onclick]")).isEmpty();
    }

    @Test
    void theCodeOfAPageIsNoGoodForTheApi() {
        String code = ToldMatch.code(links, told.deliveryId());

        given().header("Authorization", "Bearer " + code)
                .get("/api/v1/matches/" + told.matchId())
                .then()
                .statusCode(401);
        assertThat(
                        ToldMatch.open("/api/v1/matches/%s?code=%s".formatted(told.matchId(), code))
                                .statusCode())
                .isEqualTo(401);
    }

    @Test
    void whetherItIsThereOrNotABrowserMayDoNothingButShowIt() {
        for (Response answer : List.of(ToldMatch.open(links.page(told.deliveryId())), nothing())) {
            PageHeaders.assertSafe(answer);
        }
    }

    @Test
    void itsStyleIsOurOwn() {
        Document page = Jsoup.parse(ToldMatch.open(links.page(told.deliveryId())).asString());
        String style = page.select("link[rel=stylesheet]").attr("href");

        Response answer = ToldMatch.open(style);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.contentType()).startsWith("text/css");
        assertThat(answer.asString()).doesNotContain("@import", "url(");
    }
}
