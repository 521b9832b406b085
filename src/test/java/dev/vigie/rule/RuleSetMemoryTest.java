package dev.vigie.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The arrays of a large set are counted, which no garbage collector can disturb. */
class RuleSetMemoryTest {

    private static final int MOST_BYTES = 150;
    private static final long SEED = 20261123;

    @ParameterizedTest
    @ValueSource(ints = {1_000, 100_000, 140_000, 1_000_000})
    void aRuleTakesNoMoreThanItsShare(int rules) {
        var random = new Random(SEED);
        var builder = new RuleSet.Builder();
        for (int i = 0; i < rules; i++) {
            builder.add(
                    new WatchRule(
                            new UUID(random.nextLong(), random.nextLong()),
                            i % 3 == 0 ? RuleKind.EXACT : RuleKind.DOMAIN,
                            name(i),
                            RuleOptions.NONE,
                            ExcludedDomains.NONE));
        }
        RuleSet set = builder.build(1);

        assertThat(set.size()).isEqualTo(rules);
        assertThat(set.bytes() / rules).as("bytes a rule").isBetween(40L, (long) MOST_BYTES);
    }

    /** Names of which some share a label and most bring one or two of their own. */
    private static String name(int i) {
        return switch (i % 4) {
            case 0 -> "brand" + i + ".com";
            case 1 -> "shop.brand" + i + ".co.uk";
            case 2 -> "the-long-name-of-some-enterprise-" + i + ".example";
            default -> "login.accounts.brand" + i + ".net";
        };
    }
}
