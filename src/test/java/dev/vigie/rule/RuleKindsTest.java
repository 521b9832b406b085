package dev.vigie.rule;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.vigie.dns.DomainName;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every kind of rule, through the matcher: what fires, and the reason that people read. */
class RuleKindsTest {

    private static final UUID ID = new UUID(0, 1);

    static Stream<Arguments> namesThatFire() {
        return Stream.of(
                arguments(
                        "KEYWORD",
                        "bank",
                        "my-BANK.evil.test",
                        "'bank' stands in my-BANK.evil.test"),
                arguments(
                        "KEYWORD",
                        "bücher",
                        "xn--mybcher-p2a.test",
                        "'b\\xc3\\xbccher' stands in xn--mybcher-p2a.test"),
                arguments(
                        "REGEX",
                        "^vpn[0-9]+\\.",
                        "vpn12.evil.test",
                        "vpn12.evil.test has what the expression '^vpn[0-9]+\\\\.' looks for"),
                arguments(
                        "LOOKALIKE",
                        "watched.example",
                        "watched.test",
                        "watched.example under another ending: .test"),
                arguments(
                        "LOOKALIKE",
                        "watched.example",
                        "watched.example.evil.test",
                        "watched.example as a subdomain of evil.test"),
                arguments(
                        "LOOKALIKE",
                        "paypal.com",
                        "www.xn--pypal-4ve.com",
                        "homoglyph of paypal.com: U+0430 for a"),
                arguments("IP", "192.0.2.0/24", "192.0.2.7", "192.0.2.7 lies in 192.0.2.0/24"),
                arguments(
                        "IP", "2001:db8::1", "2001:DB8:0::1", "2001:DB8:0::1 lies in 2001:db8::1"));
    }

    @ParameterizedTest
    @MethodSource("namesThatFire")
    void aRuleFiresWithItsReason(RuleKind kind, String pattern, String name, String reason) {
        var matcher = matcher(WatchRule.parse(ID, kind, pattern));
        dns(matcher, name);

        assertThat(matcher.takeHits())
                .singleElement()
                .satisfies(hit -> {
                    assertThat(hit.ruleId()).isEqualTo(ID);
                    assertThat(hit.reasons()).containsExactly(reason);
                });
    }

    static Stream<Arguments> namesThatDoNot() {
        return Stream.of(
                arguments("KEYWORD", "bank", "ban-k.test"),
                arguments("KEYWORD", "bank", "?"),
                arguments("REGEX", "^vpn[0-9]+\\.", "x.vpn12.test"),
                arguments("LOOKALIKE", "watched.example", "watched.example"),
                arguments("LOOKALIKE", "watched.example", "login.watched.example"),
                arguments("LOOKALIKE", "watched.example", "*.watched.example"),
                arguments("LOOKALIKE", "watched.example", "something.else.test"),
                arguments("IP", "192.0.2.0/24", "192.0.3.7"),
                arguments("IP", "192.0.2.0/24", "a192.0.2.7"),
                arguments("IP", "192.0.2.0/24", "192.0.2.07"));
    }

    @ParameterizedTest
    @MethodSource("namesThatDoNot")
    void aRuleDoesNotFireForOthers(RuleKind kind, String pattern, String name) {
        var matcher = matcher(WatchRule.parse(ID, kind, pattern));
        dns(matcher, name);

        assertThat(matcher.takeHits()).isEmpty();
    }

    @Test
    void anAddressOfACertificateMeetsARule() {
        var matcher =
                matcher(
                        WatchRule.parse(ID, RuleKind.IP, "192.0.2.0/24"),
                        WatchRule.parse(new UUID(0, 2), RuleKind.IP, "192.0.2.7"));
        matcher.ipAddress(new byte[] {9, (byte) 192, 0, 2, 7}, 1, 4);
        matcher.ipAddress(new byte[] {1, 2, 3, 4, 5}, 0, 5);

        assertThat(matcher.takeHits())
                .extracting(Hit::names, Hit::reasons)
                .containsExactlyInAnyOrder(
                        tuple(List.of("192.0.2.7"), List.of("192.0.2.7 lies in 192.0.2.0/24")),
                        tuple(
                                List.of("192.0.2.7"),
                                List.of("the certificate names the address 192.0.2.7")));
    }

    @Test
    void allRulesThatANameMeetsAreReported() {
        var rules = new RuleSet.Builder();
        Stream.of(
                        WatchRule.parse(new UUID(0, 1), RuleKind.DOMAIN, "evil.test"),
                        WatchRule.parse(new UUID(0, 2), RuleKind.EXACT, "watched-login.evil.test"),
                        WatchRule.parse(new UUID(0, 3), RuleKind.KEYWORD, "login"),
                        WatchRule.parse(new UUID(0, 4), RuleKind.REGEX, "login"),
                        WatchRule.parse(new UUID(0, 5), RuleKind.LOOKALIKE, "watched.example"))
                .forEach(rules::add);
        RuleSet set = rules.build(1);
        var matcher = new NameMatcher(set);
        dns(matcher, "watched-login.evil.test");

        assertThat(matcher.takeHits())
                .extracting(hit -> hit.ruleId().getLeastSignificantBits())
                .containsExactlyInAnyOrder(1L, 2L, 3L, 4L, 5L);
        for (RuleKind kind : RuleKind.values()) {
            assertThat(set.size(kind))
                    .as("rules of kind %s", kind)
                    .isEqualTo(kind == RuleKind.IP ? 0 : 1);
        }
    }

    @Test
    void whatAWatchlistExcludesIsLeftAlone() {
        var excluded = ExcludedDomains.of(List.of(new DomainName("partner.test")));
        for (RuleKind kind : List.of(RuleKind.KEYWORD, RuleKind.REGEX)) {
            var matcher = matcher(WatchRule.parse(ID, kind, "login").without(excluded));
            dns(matcher, "login.partner.test");
            dns(matcher, "partner.test");
            dns(matcher, "*.login.partner.test");
            assertThat(matcher.hasHits()).as("own name, %s", kind).isFalse();
            dns(matcher, "login.notpartner.test");
            assertThat(matcher.takeHits())
                    .singleElement()
                    .extracting(Hit::names)
                    .isEqualTo(List.of("login.notpartner.test"));
        }
    }

    @Test
    void rulesOfOtherKindsComeAndGoBesideTheTrees() {
        RuleSet set =
                new RuleSet.Builder()
                        .add(WatchRule.parse(ID, RuleKind.DOMAIN, "watched.example"))
                        .build(1);
        UUID second = new UUID(0, 2);
        UUID third = new UUID(0, 3);

        set = set.with(2, Set.of(second), List.of(WatchRule.parse(second, RuleKind.KEYWORD, "aa")));
        set =
                set.with(
                        3,
                        Set.of(third),
                        List.of(WatchRule.parse(third, RuleKind.DOMAIN, "aa.test")));
        assertThat(rulesMet(set, "www.aa.test")).containsExactlyInAnyOrder(second, third);
        assertThat(rulesMet(set.compacted(), "www.aa.test"))
                .containsExactlyInAnyOrder(second, third);

        set = set.with(4, Set.of(second), List.of());
        assertThat(rulesMet(set, "www.aa.test")).containsExactly(third);
        // of another kind under the same id
        set = set.with(5, Set.of(third), List.of(WatchRule.parse(third, RuleKind.REGEX, "^aa")));
        assertThat(rulesMet(set, "www.aa.test")).isEmpty();
        assertThat(rulesMet(set, "aa.test")).containsExactly(third);
        assertThat(set.size()).isEqualTo(2);
    }

    private static List<UUID> rulesMet(RuleSet set, String name) {
        var matcher = new NameMatcher(set);
        dns(matcher, name);
        return matcher.takeHits().stream().map(Hit::ruleId).toList();
    }

    private static NameMatcher matcher(WatchRule... rules) {
        var set = new RuleSet.Builder();
        Stream.of(rules).forEach(set::add);
        return new NameMatcher(set.build(1));
    }

    private static void dns(NameMatcher matcher, String name) {
        byte[] bytes = name.getBytes(name.chars().allMatch(c -> c < 0x80) ? ISO_8859_1 : UTF_8);
        matcher.dnsName(bytes, 0, bytes.length);
    }
}
