package dev.vigie.rule.lookalike;

import java.util.LinkedHashSet;
import java.util.PrimitiveIterator;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Where two labels differ: what the one has between the letters that both begin and end with, and
 * what the other has there.
 */
record Difference(String brand, String label, String expected, String found) {

    private static final int MOST_PAIRS = 3;

    static Difference of(String brand, String label) {
        int shorter = Math.min(brand.length(), label.length());
        int start = 0;
        while (start < shorter && brand.charAt(start) == label.charAt(start)) {
            start++;
        }
        int end = 0;
        while (end < shorter - start
                && brand.charAt(brand.length() - 1 - end)
                        == label.charAt(label.length() - 1 - end)) {
            end++;
        }
        return new Difference(
                brand,
                label,
                brand.substring(start, brand.length() - end),
                label.substring(start, label.length() - end));
    }

    /** The letters that look alike, such as {@code U+0430 for a}. */
    static String lookalikes(String brand, String label) {
        Difference difference = of(brand, label);
        int[] expected = difference.expected.codePoints().toArray();
        int[] found = difference.found.codePoints().toArray();
        if (expected.length != found.length || expected.length == 0) {
            return difference.found.isEmpty() || difference.expected.isEmpty()
                    ? inert(label) + " for " + inert(brand)
                    : inert(difference.found) + " for " + inert(difference.expected);
        }
        Set<String> pairs = new LinkedHashSet<>();
        for (int i = 0; i < found.length; i++) {
            if (found[i] != expected[i]) {
                pairs.add(
                        inert(Character.toString(found[i]))
                                + " for "
                                + inert(Character.toString(expected[i])));
            }
        }
        String shown = pairs.stream().limit(MOST_PAIRS).collect(Collectors.joining(", "));
        return pairs.size() > MOST_PAIRS ? shown + " and more" : shown;
    }

    /** Printable ASCII; other characters by their number. */
    static String inert(String text) {
        var shown = new StringBuilder();
        PrimitiveIterator.OfInt characters = text.codePoints().iterator();
        boolean escaped = false;
        while (characters.hasNext()) {
            int c = characters.nextInt();
            boolean plain = c > ' ' && c < 0x7f;
            if (!shown.isEmpty() && (escaped || !plain)) {
                shown.append(' ');
            }
            shown.append(plain ? Character.toString(c) : "U+%04X".formatted(c));
            escaped = !plain;
        }
        return shown.toString();
    }

    String sentence(Technique technique, String domain) {
        return switch (technique) {
            case SWAP ->
                    "%s with neighbouring letters swapped: %s for %s"
                            .formatted(domain, inert(found), inert(expected));
            case DOUBLING -> "%s with a letter doubled: %s".formatted(domain, inert(found));
            case OMISSION -> "%s with one letter left out: %s".formatted(domain, inert(expected));
            case BIT_FLIP ->
                    "%s with one bit flipped: %s for %s"
                            .formatted(domain, inert(found), inert(expected));
            case KEYBOARD ->
                    "%s with a key beside it on the keyboard: %s"
                            .formatted(
                                    domain,
                                    expected.isEmpty()
                                            ? inert(found) + " added"
                                            : inert(found) + " for " + inert(expected));
            default -> edit(domain);
        };
    }

    private String edit(String domain) {
        if (expected.isEmpty() && found.length() == 1) {
            return "%s with %s added: %s".formatted(domain, inert(found), inert(label));
        }
        if (expected.length() == 1 && found.length() == 1) {
            return "%s with %s replaced by %s".formatted(domain, inert(expected), inert(found));
        }
        return "two letters away from %s: %s".formatted(domain, inert(label));
    }
}
