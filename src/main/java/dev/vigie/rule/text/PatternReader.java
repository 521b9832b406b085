package dev.vigie.rule.text;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a regular expression before RE2/J does: refuses what would be too much for it, names what
 * RE2 does not have, and finds literals that are in every match. RE2/J has the last word on what is
 * well-formed; wherever the two could differ, no literals are found.
 */
final class PatternReader {

    static final int MOST_ROUNDS = 100;
    static final int DEEPEST = 30;

    /** A set of more letters says too little. */
    private static final int MOST_LETTERS = 8;

    private static final int FEWEST_LETTERS = 2;

    private static final Pattern COUNT = Pattern.compile("\\{(0|[1-9][0-9]*)(,(0|[1-9][0-9]*)?)?}");

    private static final Pattern FLAGS = Pattern.compile("[imsU]*(?:-[imsU]+)?([:)])");
    private static final Pattern GROUP_NAME = Pattern.compile("P?<[A-Za-z0-9_]+>");
    private static final Pattern UNICODE_CLASS = Pattern.compile("\\{[^}]*}|[A-Za-z]");
    private static final Pattern HEX = Pattern.compile("\\{([0-9A-Fa-f]{1,6})}|([0-9A-Fa-f]{2})");

    private final String text;
    private int at;

    /** How often the part that was read last may be repeated within itself. */
    private int rounds = 1;

    private int min;
    private int max;
    private boolean isCertain = true;

    private PatternReader(String text) {
        this.text = text;
    }

    /**
     * Texts in lower case, one of which is in each lower-case name that the pattern matches; empty
     * if there are none.
     *
     * @throws IllegalArgumentException with a sentence, if the pattern is too complex or has what
     *     RE2 does not have
     */
    static Set<String> literals(String pattern) {
        var reader = new PatternReader(pattern);
        Set<String> best = reader.alternatives(0).best();
        if (reader.at < pattern.length()) {
            throw new IllegalArgumentException(
                    "The ) at character %d closes no group.".formatted(reader.at + 1));
        }
        return reader.isCertain && best != null && Literals.shortest(best) >= FEWEST_LETTERS
                ? Set.copyOf(best)
                : Set.of();
    }

    private Literals alternatives(int depth) {
        if (depth > DEEPEST) {
            throw new IllegalArgumentException(
                    "The groups of a pattern may be nested %d deep, not more.".formatted(DEEPEST));
        }
        Literals all = sequence(depth);
        int most = rounds;
        while (isNext('|')) {
            at++;
            all = all.or(sequence(depth));
            most = Math.max(most, rounds);
        }
        rounds = most;
        return all;
    }

    private Literals sequence(int depth) {
        var run = new LiteralRun();
        int most = 1;
        while (at < text.length() && !isNext('|') && !isNext(')')) {
            rounds = 1;
            Literals part = part(depth, run);
            while (readQuantifier()) {
                part = repeated(part);
            }
            run.add(part);
            most = Math.max(most, rounds);
        }
        rounds = most;
        return run.literals();
    }

    private boolean isNext(char c) {
        return at < text.length() && text.charAt(at) == c;
    }

    private boolean isNext(String part) {
        return text.startsWith(part, at);
    }

    /** Reads what a quantifier could follow; quoted letters before it go to the run. */
    private Literals part(int depth, LiteralRun run) {
        char c = text.charAt(at);
        return switch (c) {
            case '(' -> group(depth);
            case '[' -> letters(CharacterClass.read(text, at));
            case '\\' -> escape(run);
            case '.' -> skip(1, Literals.ANYTHING);
            case '^', '$' -> skip(1, Literals.EMPTY);
            // these have nothing to repeat
            case '*', '+', '?', '{' -> unsure(1);
            default -> letter();
        };
    }

    private Literals skip(int characters, Literals literals) {
        at += characters;
        return literals;
    }

    private Literals unsure(int characters) {
        isCertain = false;
        return skip(Math.min(characters, text.length() - at), Literals.ANYTHING);
    }

    private Literals letter() {
        int c = text.codePointAt(at);
        return skip(Character.charCount(c), literal(c));
    }

    private static Literals literal(int c) {
        // letters of other scripts may have several forms in lower case
        return c < 0x80
                ? Literals.of(Set.of(String.valueOf((char) CharacterClass.lowerCase(c))))
                : Literals.ANYTHING;
    }

    private Literals letters(CharacterClass read) {
        at = read.end();
        isCertain &= read.isCertain();
        Set<String> texts = new HashSet<>();
        if (read.letters() != null) {
            read.letters().stream().forEach(c -> texts.add(String.valueOf((char) c)));
        }
        return texts.isEmpty() || texts.size() > MOST_LETTERS
                ? Literals.ANYTHING
                : Literals.of(texts);
    }

    private Literals group(int depth) {
        int start = at++;
        if (isNext('?')) {
            at++;
            refuseGroup(start);
            Matcher flags = lookingAt(FLAGS);
            Matcher name = lookingAt(GROUP_NAME);
            if (flags != null) {
                at = flags.end();
                if (flags.group(1).equals(")")) {
                    rounds = 1;
                    // a quantifier would be one for the part before
                    isCertain &= at == text.length() || "*+?{".indexOf(text.charAt(at)) < 0;
                    return Literals.EMPTY;
                }
            } else if (name != null) {
                at = name.end();
            } else {
                isCertain = false;
            }
        }
        Literals inside = alternatives(depth + 1);
        if (isNext(')')) {
            at++;
        } else {
            isCertain = false;
        }
        return inside;
    }

    private void refuseGroup(int start) {
        if (isNext("=") || isNext("!")) {
            throw notSupported("look-ahead", start);
        }
        if (isNext("<=") || isNext("<!")) {
            throw notSupported("look-behind", start);
        }
        if (isNext(">")) {
            throw notSupported("an atomic group", start);
        }
        if (isNext("P=")) {
            throw notSupported("a back-reference", start);
        }
        if (isNext("(")) {
            throw notSupported("a condition", start);
        }
        if (isNext("#")) {
            throw notSupported("a comment", start);
        }
        if (isNext("R") || isNext("&") || isNext("P>")) {
            throw notSupported("recursion", start);
        }
    }

    private static IllegalArgumentException notSupported(String what, int start) {
        return new IllegalArgumentException(
                "RE2 syntax is needed: %s, as at character %d, is not supported."
                        .formatted(what, start + 1));
    }

    private Literals escape(LiteralRun run) {
        int start = at++;
        if (at == text.length()) {
            return unsure(0);
        }
        char c = text.charAt(at++);
        if (c == 'k' || c == 'g' || c >= '1' && c <= '9') {
            throw notSupported("a back-reference", start);
        }
        if (c == '0') {
            throw notSupported("a character by its octal number", start);
        }
        if (c == 'K' || c == 'G' || c == 'Z' || c == 'R' || c == 'X' || c == 'C') {
            throw notSupported("\\" + c, start);
        }
        return switch (c) {
            case 'A', 'b', 'B', 'z' -> Literals.EMPTY;
            case 'd', 'D', 's', 'S', 'w', 'W' -> Literals.ANYTHING;
            case 'p', 'P' -> {
                Matcher name = lookingAt(UNICODE_CLASS);
                yield name == null ? unsure(0) : skip(name.end() - at, Literals.ANYTHING);
            }
            case 'x' -> {
                Matcher hex = lookingAt(HEX);
                yield hex == null ? unsure(0) : skip(hex.end() - at, literal(codePoint(hex)));
            }
            case 'Q' -> quoted(run);
            default -> CharacterClass.isPunctuation(c) ? literal(c) : unsure(0);
        };
    }

    private static int codePoint(Matcher hex) {
        String digits = hex.group(1) == null ? hex.group(2) : hex.group(1);
        return Integer.parseInt(digits, 16);
    }

    /** What stands up to the end of the quotation; a quantifier after it is for its last letter. */
    private Literals quoted(LiteralRun run) {
        int end = text.indexOf("\\E", at);
        int stop = end < 0 ? text.length() : end;
        int after = end < 0 ? stop : end + 2;
        if (stop == at) {
            return unsure(after - at);
        }
        Literals last = letter();
        while (at < stop) {
            run.add(last);
            last = letter();
        }
        at = after;
        return last;
    }

    private @Nullable Matcher lookingAt(Pattern pattern) {
        Matcher matcher = pattern.matcher(text).region(at, text.length());
        return matcher.lookingAt() ? matcher : null;
    }

    private boolean readQuantifier() {
        int start = at;
        if (isNext('*') || isNext('+') || isNext('?')) {
            char c = text.charAt(at++);
            min = c == '+' ? 1 : 0;
            max = c == '?' ? 1 : Integer.MAX_VALUE;
        } else {
            Matcher count = isNext('{') ? lookingAt(COUNT) : null;
            if (count == null) {
                return false;
            }
            readCount(count, start);
        }
        if (isNext('?')) {
            at++;
        } else if (isNext('+')) {
            throw notSupported("a possessive quantifier", start);
        }
        return true;
    }

    private void readCount(Matcher count, int start) {
        at = count.end();
        min = number(count.group(1));
        max = min;
        if (count.group(2) != null) {
            max = count.group(3) == null ? Integer.MAX_VALUE : number(count.group(3));
        }
        rounds *= Math.max(1, max == Integer.MAX_VALUE ? min : Math.max(min, max));
        if (rounds > MOST_ROUNDS) {
            throw new IllegalArgumentException(
                    ("A part of a pattern may be repeated %d times, those within each other"
                                    + " multiplied; at character %d it is more.")
                            .formatted(MOST_ROUNDS, start + 1));
        }
    }

    /** Not exact where it is too large anyway. */
    private static int number(String digits) {
        return digits.length() > 4 ? MOST_ROUNDS * MOST_ROUNDS : Integer.parseInt(digits);
    }

    private Literals repeated(Literals part) {
        if (min == 0) {
            return max == 1 ? part.or(Literals.EMPTY) : Literals.ANYTHING;
        }
        var run = new LiteralRun();
        for (int i = 0; i < min; i++) {
            run.add(part);
        }
        if (max != min) {
            run.add(Literals.ANYTHING);
        }
        return run.literals();
    }
}
