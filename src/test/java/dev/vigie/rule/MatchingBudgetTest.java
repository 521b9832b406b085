package dev.vigie.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class MatchingBudgetTest {

    @Test
    void aCertificateFullOfWildcardsIsGivenUpAndTheNextOneIsNot() {
        var rules = new RuleSet.Builder();
        for (int i = 0; i < 20_000; i++) {
            rules.add(WatchRule.parse(UUID.randomUUID(), RuleKind.DOMAIN, "d%d.test".formatted(i)));
        }
        var matcher = new NameMatcher(rules.build(1));
        for (int i = 0; i < 1000; i++) {
            name(matcher, "x" + i + "*.test");
        }

        assertThat(matcher.gaveUp()).isTrue();

        matcher.begin();
        name(matcher, "d7.test");
        assertThat(matcher.gaveUp()).isFalse();
        assertThat(matcher.takeHits()).hasSize(1);
    }

    private static void name(NameMatcher matcher, String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        matcher.dnsName(bytes, 0, bytes.length);
    }
}
