package dev.vigie.rule;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.vigie.testing.Watch;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows C01, C11, C13, C14 and C15 of the fault table, name by name. */
class NameMatcherTest {

    private static final UUID DOMAIN = new UUID(0, 1);
    private static final UUID EXACT = new UUID(0, 2);
    private static final UUID OTHER = new UUID(0, 3);

    private final NameMatcher matcher =
            new NameMatcher(
                    new RuleSet.Builder()
                            .add(WatchRule.parse(DOMAIN, RuleKind.DOMAIN, "watched.example"))
                            .add(WatchRule.parse(EXACT, RuleKind.EXACT, "watched.example"))
                            .add(WatchRule.parse(OTHER, RuleKind.DOMAIN, "other.example"))
                            .build(42));

    static Stream<Arguments> names() {
        return Stream.of(
                arguments("watched.example", List.of(DOMAIN, EXACT)),
                arguments("WATCHED.Example", List.of(DOMAIN, EXACT)),
                arguments("www.watched.example", List.of(DOMAIN)),
                arguments("a.b.c.watched.example", List.of(DOMAIN)),
                arguments("_x._y.watched.example", List.of(DOMAIN)),
                arguments("other.example", List.of(OTHER)),
                arguments("notwatched.example", List.of()),
                arguments("watched.example.net", List.of()),
                arguments("watched.exampl", List.of()),
                arguments("watched-example", List.of()),
                arguments("example", List.of()),
                arguments("watched", List.of()),
                arguments("", List.of()),
                arguments(".", List.of()),
                arguments("watched..example", List.of()),
                // C11
                arguments("watched.example.", List.of(DOMAIN, EXACT)),
                arguments("watched.example...", List.of(DOMAIN, EXACT)),
                arguments(".watched.example", List.of(DOMAIN, EXACT)),
                arguments(" watched.example", List.of(DOMAIN, EXACT)),
                arguments("watched.example \t", List.of(DOMAIN, EXACT)),
                arguments(" . watched.example . ", List.of(DOMAIN, EXACT)),
                // C01
                arguments("watched.example\0.evil.test", List.of(DOMAIN, EXACT)),
                arguments("evil.test\0.watched.example", List.of(DOMAIN)),
                // C13
                arguments("a..b.watched.example", List.of(DOMAIN)),
                arguments("xn--\u00ff.watched.example", List.of(DOMAIN)),
                arguments("a".repeat(64) + ".watched.example", List.of(DOMAIN)),
                arguments("a".repeat(300) + ".watched.example", List.of(DOMAIN)),
                arguments("a.".repeat(1_000) + "watched.example", List.of(DOMAIN)),
                arguments("a".repeat(100_000) + ".watched.example", List.of(DOMAIN)),
                arguments("\u00fc".repeat(10_000) + ".watched.example", List.of(DOMAIN)),
                // C15
                arguments("https://watched.example/x", List.of(DOMAIN, EXACT)),
                arguments("watched.example:443", List.of(DOMAIN, EXACT)),
                arguments("user@watched.example", List.of(DOMAIN, EXACT)),
                arguments("watched.example/evil", List.of(DOMAIN, EXACT)),
                arguments("https://evil.test/watched.example", List.of()),
                // padded so that the end, or the beginning, alone looks harmless
                arguments("watched.example\0" + "a".repeat(600), List.of(DOMAIN, EXACT)),
                arguments("watched.example\0" + "a".repeat(9_000), List.of(DOMAIN, EXACT)),
                arguments("https://watched.example/" + "a".repeat(600), List.of(DOMAIN, EXACT)),
                // C21 to C25
                arguments("<script>alert(1)</script>.watched.example", List.of(DOMAIN)),
                arguments("${jndi:ldap://x}.watched.example", List.of(DOMAIN)),
                arguments("a\r\nBcc: x@y.watched.example", List.of(DOMAIN)),
                arguments("=cmd|'/C calc'!A0.watched.example", List.of(DOMAIN)),
                arguments("\u001b[31m.watched.example", List.of(DOMAIN)));
    }

    @ParameterizedTest
    @MethodSource("names")
    void aNameMeetsTheRulesThatItCouldServe(String name, List<UUID> rules) {
        dns(name.getBytes(ISO_8859_1));

        assertThat(matcher.hasHits()).isEqualTo(!rules.isEmpty());
        assertThat(matcher.takeHits())
                .extracting(Hit::ruleId)
                .containsExactlyInAnyOrderElementsOf(rules);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "xn--bcher-kva.example",
                "XN--BCHER-KVA.EXAMPLE",
                "bücher.example",
                "BÜCHER.example",
                "bu\u0308cher.example",
                "www.bücher.example",
                "bücher\u3002example",
                "bücher．example\u3002",
                "*.bücher.example"
            })
    void anIdnIsMetInEitherForm(String name) {
        for (String rule : List.of("bücher.example", "xn--bcher-kva.example")) {
            var idn =
                    new NameMatcher(
                            new RuleSet.Builder()
                                    .add(WatchRule.parse(DOMAIN, RuleKind.DOMAIN, rule))
                                    .build(1));
            byte[] bytes = name.getBytes(UTF_8);
            idn.dnsName(bytes, 0, bytes.length);
            assertThat(idn.hasHits()).as("%s in UTF-8, rule %s", name, rule).isTrue();
        }
    }

    @Test
    void anIdnIsMetInLatin1() {
        var idn = Watch.exact("bücher.example");

        assertThat(idn.hitsOfDns("b\u00fccher.example")).hasSize(1);
        assertThat(idn.hitsOfDns("B\u00dcCHER.EXAMPLE")).hasSize(1);
        assertThat(idn.hitsOfDns("b\u00fccher.example\0.evil.test")).hasSize(1);
        assertThat(idn.hitsOfDns("bucher.example")).isEmpty();
    }

    @Test
    void aHitSaysWhichNamesAndWhy() {
        dns("watched.example".getBytes(ISO_8859_1));
        dns("www.watched.example".getBytes(ISO_8859_1));
        dns("*.example".getBytes(ISO_8859_1));
        dns("*.watched.example".getBytes(ISO_8859_1));
        dns("watched.example\0x".getBytes(ISO_8859_1));
        dns("watched.example".getBytes(ISO_8859_1));

        List<Hit> hits = matcher.takeHits();

        assertThat(hits).extracting(Hit::ruleId).containsExactlyInAnyOrder(DOMAIN, EXACT, OTHER);
        Hit domain = hits.stream().filter(h -> h.ruleId().equals(DOMAIN)).findFirst().orElseThrow();
        assertThat(domain.nameCount()).isEqualTo(5);
        assertThat(domain.names())
                .containsExactly(
                        "watched.example",
                        "www.watched.example",
                        "*.example",
                        "*.watched.example",
                        "watched.example\\x00x");
        assertThat(domain.reasons())
                .containsExactly(
                        "the certificate names watched.example",
                        "www.watched.example is below watched.example",
                        "*.example can stand for watched.example",
                        "*.watched.example is below watched.example",
                        "watched.example\\x00x can be read as watched.example");
    }

    @Test
    void aGuessIsCalledAGuess() {
        matcher.guessing(true);
        dns("watched.example".getBytes(ISO_8859_1));
        matcher.guessing(false);
        dns("other.example".getBytes(ISO_8859_1));

        assertThat(matcher.takeHits())
                .flatExtracting(Hit::reasons)
                .containsExactlyInAnyOrder(
                        "possible name in a certificate that cannot be read: watched.example",
                        "possible name in a certificate that cannot be read: watched.example",
                        "the certificate names other.example");
    }

    @Test
    void hitsAreTakenOnce() {
        dns("watched.example".getBytes(ISO_8859_1));

        assertThat(matcher.takeHits()).hasSize(2);
        assertThat(matcher.hasHits()).isFalse();
        assertThat(matcher.takeHits()).isEmpty();

        dns("www.watched.example".getBytes(ISO_8859_1));
        assertThat(matcher.takeHits())
                .singleElement()
                .extracting(Hit::names)
                .isEqualTo(List.of("www.watched.example"));
    }

    @Test
    void ofVeryManyNamesTheFirstAreKeptAndAllAreCounted() {
        for (int i = 0; i < 1_000; i++) {
            dns(("n" + i + ".watched.example").getBytes(ISO_8859_1));
        }

        Hit hit = matcher.takeHits().getFirst();

        assertThat(hit.nameCount()).isEqualTo(1_000);
        assertThat(hit.names()).hasSize(100).startsWith("n0.watched.example");
        assertThat(hit.reasons()).hasSizeBetween(1, 20);
    }

    @Test
    void aCommonNameCountsIfItCouldBeAName() {
        common("watched.example".getBytes(UTF_8));
        assertThat(matcher.takeHits()).hasSize(2);
        common("watched\u3002example".getBytes(UTF_8));
        assertThat(matcher.takeHits()).hasSize(2);
        common("Watched Example Inc.".getBytes(UTF_8));
        common("watched".getBytes(UTF_8));
        common(new byte[0]);
        assertThat(matcher.takeHits()).isEmpty();
    }

    @Test
    void onlyTheGivenPartOfTheBufferIsRead() {
        byte[] buffer = "www.watched.example.watched.example".getBytes(ISO_8859_1);

        matcher.dnsName(buffer, 4, 14); // watched.exampl
        matcher.dnsName(buffer, 5, 14); // atched.example

        assertThat(matcher.takeHits()).isEmpty();
    }

    @Test
    void theRulesHaveTheirVersionAndNumber() {
        assertThat(matcher.rules().version()).isEqualTo(42);
        assertThat(matcher.rules().size()).isEqualTo(3);
        assertThat(RuleSet.EMPTY.size()).isZero();
    }

    @Test
    void withoutRulesNothingIsMet() {
        var none = new NameMatcher(RuleSet.EMPTY);
        for (String name : List.of("watched.example", "*", "*.*", "", "?", "\u00fc.example")) {
            byte[] bytes = name.getBytes(UTF_8);
            none.dnsName(bytes, 0, bytes.length);
        }

        assertThat(none.takeHits()).isEmpty();
    }

    private void dns(byte[] name) {
        matcher.dnsName(name, 0, name.length);
    }

    private void common(byte[] name) {
        matcher.commonName(name, 0, name.length);
    }
}
