package dev.vigie.rule.lookalike;

import java.util.function.Consumer;
import java.util.function.LongConsumer;

/** What is looked up to find the labels near to a brand. */
final class Variants {

    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";

    private Variants() {}

    /** The hashes of a text without up to so many of its letters, at most two. */
    static void shortened(LabelHash hash, char[] text, int letters, LongConsumer to) {
        int length = text.length;
        to.accept(hash.of(text, length));
        for (int i = 0; i < length && letters > 0; i++) {
            char[] shorter = without(text, i);
            to.accept(hash.of(shorter, length - 1));
            for (int j = i; j < length - 1 && letters > 1; j++) {
                to.accept(hash.of(without(shorter, j), length - 2));
            }
        }
    }

    private static char[] without(char[] text, int at) {
        char[] shorter = new char[text.length - 1];
        System.arraycopy(text, 0, shorter, 0, at);
        System.arraycopy(text, at + 1, shorter, at, shorter.length - at);
        return shorter;
    }

    /** The typical slips of one letter in a short text. */
    static void slips(String text, Consumer<String> to) {
        for (int i = 0; i < text.length(); i++) {
            String before = text.substring(0, i);
            String after = text.substring(i + 1);
            char letter = text.charAt(i);
            to.accept(before + letter + letter + after);
            if (!after.isEmpty()) {
                to.accept(before + after.charAt(0) + letter + after.substring(1));
            }
            for (char other : LETTERS.toCharArray()) {
                if (Integer.bitCount(letter ^ other) == 1 || Keyboard.isBeside(letter, other)) {
                    to.accept(before + other + after);
                }
            }
        }
    }
}
