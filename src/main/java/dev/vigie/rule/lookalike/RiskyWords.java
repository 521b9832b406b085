package dev.vigie.rule.lookalike;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;

/** Words that make people trust a name, and enter what they should not. */
public final class RiskyWords {

    private static final String RESOURCE = "/risky_words.txt";

    private RiskyWords() {}

    /** Those that came with this release, in a few languages. */
    public static Set<String> bundled() {
        try (InputStream in = RiskyWords.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("the resource " + RESOURCE + " is missing");
            }
            Set<String> words = new TreeSet<>();
            new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .forEach(line -> words.addAll(Set.of(line.strip().split(" +"))));
            words.remove("");
            return Set.copyOf(words);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
