package dev.vigie.rule.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;

class MatchCostTest {

    private static final List<String> NAMES = List.of("1", "2");

    private final AtomicLong now = new AtomicLong();
    private final AtomicInteger runs = new AtomicInteger();

    @Test
    void theWorstNameCounts() {
        assertThat(measure(name -> name.equals("1") ? 10_000 : 49_000)).isEqualTo(49_000);
        assertThat(runs).hasValue(2);
    }

    @Test
    void aFewSlowRunsDoNotCount() {
        assertThat(measure(name -> runs.get() < 900 ? 150_000 : 40_000)).isEqualTo(40_000);
    }

    @Test
    void theBestRunOfANameIsItsFigure() {
        assertThat(measure(name -> runs.get() == 700 ? 60_000 : 90_000)).isEqualTo(90_000);
        runs.set(0);
        assertThat(measure(name -> runs.get() / 2 == 350 ? 60_000 : 90_000)).isEqualTo(60_000);
    }

    @Test
    void itEndsAfterASecond() {
        assertThat(measure(name -> 51_000)).isEqualTo(51_000);
        assertThat(now.get()).isBetween(1_000_000_000L, 1_000_100_000L);
    }

    @Test
    void whatIsFarTooSlowIsGivenUpSooner() {
        assertThat(measure(name -> 9_000_000)).isEqualTo(9_000_000);
        assertThat(now.get()).isBetween(300_000_000L, 320_000_000L);
    }

    @Test
    void theNamesToTryAreAsLongAsNamesCanBe() {
        assertThat(MatchCost.badNames("^pay[0-9]+\\.Example$"))
                .hasSizeGreaterThan(10)
                .allSatisfy(name -> assertThat(name).hasSize(253))
                .anySatisfy(name -> assertThat(name).startsWith("pay0-9.examplepay"));
        assertThat(MatchCost.badNames("^$")).isNotEmpty();
    }

    private long measure(ToLongFunction<String> cost) {
        return MatchCost.measure(
                NAMES,
                name -> {
                    now.addAndGet(cost.applyAsLong(name));
                    runs.incrementAndGet();
                },
                now::get);
    }
}
