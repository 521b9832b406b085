package dev.vigie.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigie.dns.DomainName;
import dev.vigie.dns.InertName;
import dev.vigie.follow.StartAt;
import dev.vigie.rule.NameMatcher;
import dev.vigie.rule.RuleKind;
import dev.vigie.rule.RuleSet;
import dev.vigie.rule.WatchRule;
import dev.vigie.rule.lookalike.Technique;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the machine stands and what language it speaks changes nothing (G08). */
@NullUnmarked
class LocaleTest {

    private final Locale locale = Locale.getDefault();
    private final TimeZone zone = TimeZone.getDefault();

    @AfterEach
    void goHome() {
        Locale.setDefault(locale);
        TimeZone.setDefault(zone);
    }

    @ParameterizedTest(name = "G08 {0} {1}")
    @CsvSource({
        "en-US, UTC",
        "tr-TR, Asia/Kathmandu",
        "az-AZ, Pacific/Kiritimati",
        "ar-EG-u-nu-arab, Africa/Cairo",
        "th-TH-u-ca-buddhist-nu-thai, Asia/Bangkok",
    })
    void namesAndSettingsAreReadTheSameEverywhere(String language, String place) {
        Locale.setDefault(Locale.forLanguageTag(language));
        TimeZone.setDefault(TimeZone.getTimeZone(place));

        assertThat(DomainName.parse("WIKI.INFO.Example").ascii()).isEqualTo("wiki.info.example");
        assertThat(InertName.of("ISTIŞ\0").text()).isEqualTo("ISTI\\xc5\\x9e\\x00");
        assertThat(RuleKind.DOMAIN.shown()).isEqualTo("domain");
        assertThat(RuleKind.LOOKALIKE.shown()).isEqualTo("lookalike");
        assertThat(Technique.BIT_FLIP.text()).isEqualTo("bit-flip");
        assertThat(Technique.OMISSION.text()).isEqualTo("omission");
        assertThat(hits(RuleKind.DOMAIN, "INFO.example", "WIKI.INFO.EXAMPLE")).isOne();
        assertThat(hits(RuleKind.KEYWORD, "Wiki", "XWIKI.example")).isOne();
        assertThat(hits(RuleKind.REGEX, "^wiki[0-9]", "WIKI1.example")).isOne();
        assertThat(hits(RuleKind.LOOKALIKE, "WikiInfo.example", "WlKIINFO.example")).isOne();
        assertThat(StartAt.parse("2026-01-31T00:00:00Z"))
                .isEqualTo(new StartAt.Time(Instant.parse("2026-01-31T00:00:00Z")));
        assertThat(Setting.variable("vigie.insecure")).isEqualTo("VIGIE_INSECURE");
        assertThat(
                        Given.variable("VIGIE_INSECURE", "TRUE")
                                .and("vigie.monitor.poll-interval", "15S")
                                .and("vigie.recent.size", "32m")
                                .and("vigie.base-url", "http://VIGIE.INFO")
                                .check()
                                .refusals())
                .isEmpty();
        assertThat(Given.variable("VIGIE_INSECUR", "TRUE").check().refusals())
                .containsExactly(
                        "VIGIE_INSECUR is no setting of Vigie; did you mean VIGIE_INSECURE?");
    }

    private static long hits(RuleKind kind, String pattern, String name) {
        var matcher =
                new NameMatcher(
                        new RuleSet.Builder()
                                .add(WatchRule.parse(new UUID(0, 1), kind, pattern))
                                .build(1));
        byte[] bytes = name.getBytes(StandardCharsets.US_ASCII);
        matcher.begin();
        matcher.dnsName(bytes, 0, bytes.length);
        return matcher.takeHits().size();
    }

    @ParameterizedTest(name = "G08 {0}")
    @ValueSource(strings = {".toLowerCase()", ".toUpperCase()", "String.format(\""})
    void nobodyAsksForTheLanguageOfTheMachine(String call) throws IOException {
        assertThat(sources().filter(file -> read(file).contains(call))).isEmpty();
    }

    @Test
    void g08TheServiceSetsOneLanguageBeforeItDoesAnything() {
        String main = read(Path.of("src/main/java/dev/vigie/app/Main.java"));

        assertThat(main.indexOf("Locale.setDefault(Locale.ROOT)"))
                .isPositive()
                .isLessThan(main.indexOf("CommandLineTool.isMeant"));
    }

    private static Stream<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            return List.copyOf(files.filter(f -> f.toString().endsWith(".java")).toList()).stream();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
