package dev.vigie.web;

import static dev.vigie.testing.TestDer.DNS;
import static dev.vigie.testing.TestDer.UTF8;
import static dev.vigie.testing.TestDer.commonName;
import static dev.vigie.testing.TestDer.rdn;
import static dev.vigie.testing.TestDer.tlv;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vigie.delivery.AlertLinks;
import dev.vigie.testing.CertificateBuilder;
import dev.vigie.testing.DatabaseTest;
import dev.vigie.testing.HostileNames;
import dev.vigie.testing.HostileNames.HostileName;
import dev.vigie.testing.HtmlEvents;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * C21 to C26, M3: hostile names in a real certificate come through the database to the page of an
 * alert as text.
 */
@QuarkusTest
@DatabaseTest
@NullUnmarked
class HostilePageTest {

    private static final String HARMLESS = "harmless.web.example";
    private static final Pattern CHANGING = Pattern.compile("[0-9a-f]{64}|[0-9a-f-]{36}");

    /** A subject is written by its own rules; it is looked at apart. */
    private static final String SUBJECT = "text CN=";

    private static ToldMatch.Owner owner;
    private static List<String> harmless;

    @Inject AlertLinks links;

    static Stream<HostileName> names() {
        return HostileNames.all();
    }

    @BeforeAll
    static void startAnew() {
        owner = null;
    }

    @BeforeEach
    void showAHarmlessName() {
        if (owner == null) {
            owner = ToldMatch.Owner.create();
            harmless = events(page(HARMLESS.getBytes(UTF_8), HARMLESS));
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void aPageIsTheSameButForTheName(HostileName name) {
        String inert = name.inert().text();

        List<String> shown = events(page(name.bytes(), inert));

        List<String> expected =
                harmless.stream()
                        .map(event -> withoutIds(event.replace(HARMLESS, inert)))
                        .filter(event -> !event.equals("text "))
                        .toList();
        assertThat(shown).hasSameSizeAs(expected);
        for (int i = 0; i < shown.size(); i++) {
            if (expected.get(i).startsWith(SUBJECT)) {
                assertThat(shown.get(i)).matches("text (CN=[ -~]*…?|could not be read)");
            } else {
                assertThat(withoutIds(shown.get(i))).isEqualTo(expected.get(i));
            }
        }
    }

    @Test
    void aPageShowsNothingButWhatIsInIt() {
        assertThat(harmless)
                .noneMatch(event -> event.matches("(script|img|iframe|form|object|style) .*"));
        assertThat(harmless.stream().filter(event -> event.startsWith("link ")))
                .containsExactly("link [rel=\"stylesheet\", href=\"/vigie.css\"]");
    }

    @Test
    void noMetricIsMadeOfNames() {
        page("evil-metric.web.example".getBytes(UTF_8), "evil-metric.web.example");

        assertThat(ToldMatch.open("/q/metrics").asString())
                .contains("vigie")
                .doesNotContain("evil-metric");
    }

    /** The page of an alert about a certificate that has the name wherever it can have one. */
    private String page(byte[] name, String inert) {
        byte[] certificate =
                new CertificateBuilder()
                        .serial(HexFormat.of().parseHex("0202beef")) // no other test's
                        .subject(rdn(commonName(tlv(UTF8, name))))
                        .names(tlv(DNS, name))
                        .build();
        ToldMatch told =
                ToldMatch.of(owner, certificate, List.of(inert), List.of("because of " + inert));
        Response answer = ToldMatch.open(links.page(told.deliveryId()));
        assertThat(answer.statusCode()).isEqualTo(200);
        PageHeaders.assertSafe(answer);
        return answer.asString();
    }

    private static List<String> events(String page) {
        return HtmlEvents.of(page).stream().filter(event -> !event.equals("text ")).toList();
    }

    private static String withoutIds(String event) {
        return CHANGING.matcher(event).replaceAll("(id)");
    }
}
