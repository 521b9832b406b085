package dev.vigie.rule.text;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Which patterns match a name. Those with literals are only tried on names that have one of these
 * in them. Does not change, but for the times that it notes; for any number of threads.
 */
public final class PatternIndex {

    private final List<NamePattern> patterns;
    private final TextAutomaton literals;

    /** The patterns that have no literals. */
    private final int[] always;

    private final PatternTimes times;
    private final LongSupplier nanoTime;

    private PatternIndex(List<NamePattern> patterns, LongSupplier nanoTime) {
        this.patterns = List.copyOf(patterns);
        this.nanoTime = nanoTime;
        var builder = new TextAutomatonBuilder();
        for (int i = 0; i < patterns.size(); i++) {
            for (String literal : patterns.get(i).literals()) {
                builder.add(literal.getBytes(StandardCharsets.UTF_8), i);
            }
        }
        literals = builder.build();
        always =
                IntStream.range(0, patterns.size())
                        .filter(i -> !patterns.get(i).hasLiterals())
                        .toArray();
        times = new PatternTimes(patterns.size());
    }

    /** An index of patterns, which may be equal to each other. */
    public static PatternIndex of(List<NamePattern> patterns) {
        return of(patterns, System::nanoTime);
    }

    /**
     * An index that times its patterns with a clock of its own.
     *
     * @param nanoTime as {@link System#nanoTime}
     */
    public static PatternIndex of(List<NamePattern> patterns, LongSupplier nanoTime) {
        return new PatternIndex(patterns, nanoTime);
    }

    /**
     * Calls for each pattern that matches a name, or the same name with U-labels, with its place in
     * the list, once. Creates no object if there is nothing to try and the name has no A-label.
     *
     * @param name in lower case, with A-labels
     * @return the effort that it took, in units of 50 to 100 ns for patterns that are not unusually
     *     slow
     */
    public int search(byte[] name, int length, IntConsumer sink) {
        int effort = 1 + length / 4;
        Found toTry = literals.search(name, length, null);
        @Nullable String unicode = UnicodeForm.of(name, length);
        if (unicode != null) {
            byte[] bytes = unicode.getBytes(StandardCharsets.UTF_8);
            effort += UnicodeForm.effort(name, length) + bytes.length / 4;
            toTry = literals.search(bytes, bytes.length, toTry);
        }
        int tries = always.length + (toTry == null ? 0 : toTry.count());
        if (tries == 0) {
            return effort;
        }
        String ascii = new String(name, 0, length, StandardCharsets.UTF_8);
        for (int pattern : always) {
            run(pattern, ascii, unicode, sink);
        }
        for (int i = always.length; toTry != null && i < tries; i++) {
            run(toTry.get(i - always.length), ascii, unicode, sink);
        }
        int each = 4 + (length + (unicode == null ? 0 : unicode.length())) / 2;
        return effort + (int) Math.min(Integer.MAX_VALUE / 2, (long) tries * each);
    }

    private void run(int number, String ascii, @Nullable String unicode, IntConsumer sink) {
        NamePattern pattern = patterns.get(number);
        boolean isTimed = times.isSampled(number);
        long start = isTimed ? nanoTime.getAsLong() : 0;
        boolean matches = pattern.matches(ascii) || unicode != null && pattern.matches(unicode);
        if (isTimed) {
            times.add(number, nanoTime.getAsLong() - start);
        }
        if (matches) {
            sink.accept(number);
        }
    }

    /**
     * The patterns, by their places in the list, most of whose runs took longer than 200
     * microseconds. They should be suspended, and their owners told; until then they are tried.
     */
    public IntStream overBudget() {
        return times.overBudget();
    }
}
