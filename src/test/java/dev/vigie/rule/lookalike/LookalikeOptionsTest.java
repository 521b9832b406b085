package dev.vigie.rule.lookalike;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumSet;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LookalikeOptionsTest {

    private static final Set<Technique> ALL = EnumSet.allOf(Technique.class);

    @ParameterizedTest
    @ValueSource(ints = {-1, 3, 100})
    void aDistanceThatMeansNothingIsRefused(int distance) {
        assertThatThrownBy(() -> new LookalikeOptions(ALL, OptionalInt.of(distance), Set.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The distance of a lookalike rule is 0, 1 or 2, not " + distance + ".");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "Login", "log in", "löschen", "a.b", "\n"})
    void aWordThatNoLabelCanHoldIsRefused(String word) {
        assertThatThrownBy(() -> new LookalikeOptions(ALL, OptionalInt.empty(), Set.of(word)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cannot be a word of a lookalike rule")
                .message()
                .matches("[ -~]+");
    }

    @Test
    void anEndlessListOfWordsIsRefused() {
        Set<String> words =
                IntStream.range(0, 101).mapToObj(i -> "word" + i).collect(Collectors.toSet());

        assertThatThrownBy(() -> new LookalikeOptions(ALL, OptionalInt.empty(), words))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at most 100 words");
    }

    @Test
    void noTechniqueAtAllIsRefused() {
        assertThatThrownBy(() -> new LookalikeOptions(Set.of(), OptionalInt.empty(), Set.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("A lookalike rule needs at least one technique.");
    }

    @Test
    void theBundledWordsAreWords() {
        assertThat(RiskyWords.bundled()).hasSizeGreaterThan(100).contains("login", "konto", "www");
        assertThat(new LookalikeOptions(ALL, OptionalInt.empty(), Set.of("two-words")).words())
                .containsExactly("two-words");
    }
}
