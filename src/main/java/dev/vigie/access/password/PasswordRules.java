package dev.vigie.access.password;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** Which passwords are good enough: long ones that others would not try first. */
final class PasswordRules {

    private static final int SHORTEST = 12;
    private static final int LONGEST = 256;
    private static final int FEWEST_DIFFERENT = 5;
    private static final List<String> OBVIOUS = List.of("vigie", "password");
    private static final Set<String> COMMON = read("/common_passwords.txt", "\n");
    private static final EasyWords WORDS = new EasyWords(read("/common_words.txt", "\\s+"));

    private PasswordRules() {}

    /** One form for all ways to type the same text; nothing of it is cut off. */
    static String normalised(String password) {
        return Normalizer.normalize(password, Normalizer.Form.NFC);
    }

    /** Whether it can be anybody's; others are not worth the work of a hash. */
    static boolean isPossible(String password) {
        return password.codePointCount(0, password.length()) <= LONGEST;
    }

    /**
     * Refuses what is too easy.
     *
     * @param userName whose it will be
     * @throws UnusablePasswordException in a sentence that says why
     */
    static void check(String userName, String password) {
        if (!isPossible(password) || password.codePointCount(0, password.length()) < SHORTEST) {
            throw new UnusablePasswordException(
                    "A password has %d to %d characters.".formatted(SHORTEST, LONGEST));
        }
        if (password.codePoints().distinct().count() < FEWEST_DIFFERENT) {
            throw new UnusablePasswordException(
                    "It has fewer than %d different characters.".formatted(FEWEST_DIFFERENT));
        }
        String folded = password.toLowerCase(Locale.ROOT);
        if (COMMON.contains(folded)) {
            throw new UnusablePasswordException("Many people use this password.");
        }
        String name = normalised(userName).toLowerCase(Locale.ROOT);
        if (isMostly(folded, name) || isMostly(folded, name.replaceFirst("@.*", ""))) {
            throw new UnusablePasswordException("Most of it is the user's name.");
        }
        if (OBVIOUS.stream().anyMatch(word -> isMostly(folded, word))) {
            throw new UnusablePasswordException("Most of it is a word that others try first.");
        }
        if (WORDS.areAllOf(folded)) {
            throw new UnusablePasswordException(
                    "Apart from numbers and signs it is words that others try first.");
        }
    }

    private static boolean isMostly(String text, String word) {
        return !word.isEmpty() && 2 * text.replace(word, "").length() < text.length();
    }

    private static Set<String> read(String resource, String separator) {
        try (InputStream list = PasswordRules.class.getResourceAsStream(resource)) {
            return new String(Objects.requireNonNull(list).readAllBytes(), UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .flatMap(line -> Arrays.stream(line.strip().split(separator)))
                    .filter(word -> !word.isEmpty())
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
