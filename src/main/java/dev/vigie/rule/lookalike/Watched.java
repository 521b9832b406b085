package dev.vigie.rule.lookalike;

import dev.vigie.dns.PublicSuffixes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** A rule as the search needs it. */
final class Watched {

    final String domain;

    /** The label that is imitated. */
    final String label;

    /** By how many letters a label may differ. */
    final int distance;

    /** Whether the distance was chosen, and counts everywhere. */
    final boolean chosen;

    /** Whether of a short label the typical slips count. */
    final boolean slips;

    /** In addition to those of all rules. */
    final List<RiskyWord> words;

    private final int techniques;
    private final byte[] own;
    private final int suffix;
    private final String[] writtenSuffixes;

    Watched(LookalikeRule rule, PublicSuffixes suffixes) {
        domain = rule.domain().ascii();
        byte[] name = domain.getBytes(StandardCharsets.US_ASCII);
        // who watches a suffix itself owns all of it
        int start = Math.max(0, suffixes.registrableStart(name, name.length));
        own = Arrays.copyOfRange(name, start, name.length);
        label = domain.substring(start, domain.indexOf('.', start));
        suffix = label.length() + 1;
        LookalikeOptions options = rule.options();
        int asked = options.maxDistance().orElse(-1);
        distance = Brand.distance(label, asked);
        chosen = asked >= 0;
        slips = asked < 0 && distance == 0;
        words = RiskyWord.all(options.words());
        int bits = 0;
        for (Technique technique : options.techniques()) {
            bits |= technique.bit();
        }
        techniques = bits;
        String ending = domain.substring(start + suffix);
        writtenSuffixes =
                new String[] {Fold.of(ending.replace('.', '-')), Fold.of(ending.replace(".", ""))};
    }

    boolean wants(Technique technique) {
        return (techniques & technique.bit()) != 0;
    }

    /** Those of some techniques that the rule wants. */
    int wanted(int bits) {
        return techniques & bits;
    }

    /** Whether the name is the domain that somebody registered, or below it. */
    boolean isOwn(byte[] name, int length) {
        int start = length - own.length;
        return start >= 0
                && (start == 0 || name[start - 1] == '.')
                && Arrays.equals(name, start, length, own, 0, own.length);
    }

    /** Whether the suffix of the name, which begins there, is the one of the domain. */
    boolean hasSuffix(byte[] name, int start, int length) {
        return Arrays.equals(name, start, length, own, suffix, own.length);
    }

    /** Whether the domain itself begins at an offset and ends before another. */
    boolean isAt(byte[] name, int start, int end) {
        int last = start + own.length;
        return last < end
                && name[last] == '.'
                && Arrays.equals(name, start, last, own, 0, own.length);
    }

    /** Whether the text goes on like the domain would, without full stops. */
    boolean isWrittenSuffix(String text) {
        String rest = text.startsWith("-") ? text.substring(1) : text;
        for (String written : writtenSuffixes) {
            if (rest.startsWith(written)
                    && (rest.length() == written.length()
                            || rest.charAt(written.length()) == '-')) {
                return true;
            }
        }
        return false;
    }
}
