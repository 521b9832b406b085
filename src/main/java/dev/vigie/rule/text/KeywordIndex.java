package dev.vigie.rule.text;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Which keywords are in a name, found in one pass however many there are. Immutable, for any number
 * of threads.
 */
public final class KeywordIndex {

    private final TextAutomaton automaton;
    private final boolean wantsUnicode;

    private KeywordIndex(TextAutomaton automaton, boolean wantsUnicode) {
        this.automaton = automaton;
        this.wantsUnicode = wantsUnicode;
    }

    /** An index of keywords, which may be equal to each other. */
    public static KeywordIndex of(List<Keyword> keywords) {
        var builder = new TextAutomatonBuilder();
        for (int i = 0; i < keywords.size(); i++) {
            builder.add(keywords.get(i).text().getBytes(StandardCharsets.UTF_8), i);
        }
        return new KeywordIndex(builder.build(), keywords.stream().anyMatch(Keyword::wantsUnicode));
    }

    /** The memory it takes, roughly. */
    public long bytes() {
        return automaton.bytes();
    }

    /**
     * Calls for each keyword that is in a name, with its place in the list, once. Creates no object
     * if there is none and the name has no A-label.
     *
     * @param name in lower case, with A-labels
     * @return the effort that it took, in units of 50 to 100 ns
     */
    public int search(byte[] name, int length, IntConsumer sink) {
        int effort = 1 + length / 4;
        Found found = automaton.search(name, length, null);
        @Nullable String unicode = wantsUnicode ? UnicodeForm.of(name, length) : null;
        if (unicode != null) {
            byte[] bytes = unicode.getBytes(StandardCharsets.UTF_8);
            effort += UnicodeForm.effort(name, length) + bytes.length / 4;
            found = automaton.search(bytes, bytes.length, found);
        }
        if (found == null) {
            return effort;
        }
        found.forEach(sink);
        return effort + found.adds();
    }
}
