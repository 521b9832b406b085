package dev.vigie.access.password;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Words of which alone, with numbers and signs around and for letters, no password is made. */
final class EasyWords {

    /** As signs and digits are read that people write for letters. */
    private static final String DISGUISES = "0134578@$!";

    private static final String LETTERS = "oieastbasi";

    /** Fewer letters beside the words are no secret. */
    private static final int FEWEST_OTHERS = 4;

    private final List<String> words;

    /**
     * @param words in lower case, of the letters a to z
     */
    EasyWords(Collection<String> words) {
        // what contains others comes first
        this.words =
                words.stream().sorted(Comparator.comparingInt(String::length).reversed()).toList();
    }

    /** Whether a text in lower case has hardly a letter that does not belong to one of them. */
    boolean areAllOf(String text) {
        return areLettersOf(text) || areLettersOf(revealed(text));
    }

    private static String revealed(String text) {
        var letters = new StringBuilder(text);
        for (int i = 0; i < letters.length(); i++) {
            int disguise = DISGUISES.indexOf(letters.charAt(i));
            if (disguise >= 0) {
                letters.setCharAt(i, LETTERS.charAt(disguise));
            }
        }
        return letters.toString();
    }

    private boolean areLettersOf(String text) {
        String rest = text;
        for (String word : words) {
            rest = rest.replace(word, " ");
        }
        return rest.length() < text.length()
                && rest.codePoints().filter(Character::isLetter).count() < FEWEST_OTHERS;
    }
}
