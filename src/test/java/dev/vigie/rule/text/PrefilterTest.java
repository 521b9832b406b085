package dev.vigie.rule.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Holds the index with its literals against RE2/J alone. */
class PrefilterTest {

    private static final String[] ATOMS = {
        "a",
        "b",
        "ab",
        "A",
        "Ba",
        "foo",
        "ü",
        "[ab]",
        "[^ab]",
        "[a-c]",
        "[A-C]",
        "[]a]",
        "[a\\-.]",
        "[[:alpha:]]",
        "[\\d.]",
        "[\\x61b]",
        "[a-\\x63]",
        ".",
        "\\.",
        "\\-",
        "\\x61",
        "\\x{62}",
        "\\d",
        "\\w",
        "\\pL",
        "\\p{Greek}",
        "^",
        "$",
        "\\b",
        "\\A",
        "\\z",
        "\\Qa.b\\E",
        "\\QA\\E",
        "(?i)",
        "(?-i)",
        "(?s)",
        "",
        "{",
        "a{,2}",
        "\\Q\\E",
        "[.]",
        "-"
    };

    private static final String[] QUANTIFIERS = {
        "", "", "", "", "", "*", "+", "?", "*?", "+?", "??", "{2}", "{0}", "{1,2}", "{0,2}", "{2,}"
    };

    private static final String[] GROUPS = {"(", "(?:", "(?i:", "(?P<n>", "(?-i:"};

    private static final String[] PARTS = {
        "a", "b", "ab", "foo", ".", "-", "c", "1", "ü", "x", "{"
    };

    private final Random random = new Random(20);

    @Test
    void theLiteralsHideNoMatch() {
        int filtered = 0;
        int matched = 0;
        for (int round = 0; round < 400; round++) {
            List<NamePattern> patterns = patterns(20);
            filtered += (int) patterns.stream().filter(NamePattern::hasLiterals).count();
            List<Pattern> plain =
                    patterns.stream()
                            .map(p -> Pattern.compile(p.text(), Pattern.CASE_INSENSITIVE))
                            .toList();
            var index = PatternIndex.of(patterns);
            for (int i = 0; i < 25; i++) {
                String name = name();
                byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
                List<Integer> found = new ArrayList<>();
                index.search(bytes, bytes.length, found::add);
                for (int p = 0; p < plain.size(); p++) {
                    boolean expected = plain.get(p).matcher(name).find();
                    matched += expected ? 1 : 0;
                    assertThat(found.contains(p))
                            .as("whether %s is in %s", plain.get(p), name)
                            .isEqualTo(expected);
                }
                assertThat(found).doesNotHaveDuplicates();
            }
        }
        assertThat(filtered).as("patterns with literals").isGreaterThan(1000);
        assertThat(matched).as("matches").isGreaterThan(10_000);
    }

    private List<NamePattern> patterns(int count) {
        List<NamePattern> patterns = new ArrayList<>();
        while (patterns.size() < count) {
            try {
                patterns.add(NamePattern.stored(alternatives(2)));
            } catch (IllegalArgumentException e) {
                // two such names of groups, nothing to repeat
                assertThat(e).hasMessageEndingWith(".");
            }
        }
        return patterns;
    }

    private String alternatives(int depth) {
        String pattern = sequence(depth);
        while (random.nextInt(4) == 0) {
            pattern += "|" + sequence(depth);
        }
        return pattern;
    }

    private String sequence(int depth) {
        var pattern = new StringBuilder();
        for (int i = random.nextInt(5); i >= 0; i--) {
            if (depth > 0 && random.nextInt(4) == 0) {
                pattern.append(any(GROUPS)).append(alternatives(depth - 1)).append(')');
            } else {
                pattern.append(any(ATOMS));
            }
            pattern.append(any(QUANTIFIERS));
        }
        return pattern.toString();
    }

    private String name() {
        var name = new StringBuilder();
        for (int i = random.nextInt(10); i >= 0; i--) {
            name.append(any(PARTS));
        }
        return name.toString();
    }

    private String any(String[] choices) {
        return choices[random.nextInt(choices.length)];
    }
}
