package dev.vigie.rule.lookalike;

import java.net.IDN;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/**
 * Names made to be mistaken for a domain, by each technique, as the known generators make them.
 * Shares no code with the product.
 */
final class Permutations {

    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz";

    /** What looks like the first one of each. */
    private static final String[] LOOKALIKES = {
        "a \u0430 \u00e1 \u00e0 \u00e4 \u03b1 4",
        "b 8 \u0253",
        "c \u0441 \u00e7",
        "d \u0501 cl \u0257",
        "e \u0435 \u00e9 \u00e8 3",
        "g q 9 \u0261 \u0123",
        "h \u04bb",
        "i \u0456 \u00ed l 1 \u0131",
        "j \u0458",
        "k \u0137",
        "l 1 i \u04cf",
        "m rn \u1e43",
        "n \u00f1 \u0144",
        "o \u043e \u03bf 0 \u00f6 \u00f3",
        "p \u0440 \u1e57",
        "q \u051b g",
        "r \u0155",
        "s \u0455 5 \u015b",
        "t 7 \u021b",
        "u \u00fc \u03c5 \u00fa",
        "v \u03bd \u0475",
        "w vv \u051d",
        "x \u0445",
        "y \u0443 \u00fd",
        "z 2 \u017c",
    };

    /** Of an English, a German and a French keyboard. */
    private static final String[][] KEYBOARDS = {
        {"qwertyuiop", "asdfghjkl", "zxcvbnm"},
        {"qwertzuiop", "asdfghjkl", "yxcvbnm"},
        {"azertyuiop", "qsdfghjklm", "wxcvbn"},
    };

    private static final List<String> ENDINGS =
            List.of("net", "org", "co", "info", "shop", "xyz", "co.nz", "com.br", "app", "fr");

    private static final List<String> WORDS =
            List.of(
                    "login",
                    "secure",
                    "account",
                    "verify",
                    "support",
                    "update",
                    "wallet",
                    "signin",
                    "help",
                    "service",
                    "online",
                    "payment",
                    "konto",
                    "portal",
                    "security");

    private final String label;
    private final String ending;
    private final Map<Technique, Set<String>> names = new EnumMap<>(Technique.class);

    Permutations(String domain, Random random) {
        label = domain.substring(0, domain.indexOf('.'));
        ending = domain.substring(label.length() + 1);
        for (Technique technique : Technique.values()) {
            names.put(technique, new TreeSet<>());
        }
        letters();
        lookalikes();
        around();
        if (label.length() >= 5) {
            oneLetter();
        }
        if (label.length() >= 8) {
            twoLetters(random);
        }
        names.values().forEach(all -> all.remove(domain));
    }

    Set<String> of(Technique technique) {
        return Objects.requireNonNull(names.get(technique));
    }

    private void add(Technique technique, String changed) {
        if (!changed.equals(label) && !changed.startsWith("-") && !changed.endsWith("-")) {
            of(technique).add(changed + "." + ending);
        }
    }

    private String with(int at, int end, String text) {
        return label.substring(0, at) + text + label.substring(end);
    }

    private void letters() {
        for (int i = 0; i < label.length(); i++) {
            char c = label.charAt(i);
            for (int bit = 0; bit < 7; bit++) {
                String flipped = Character.toString(c ^ 1 << bit);
                if (flipped.matches("[a-z0-9]")) {
                    add(Technique.BIT_FLIP, with(i, i + 1, flipped));
                }
            }
            for (char key : LETTERS.toCharArray()) {
                if (areNeighbours(c, key)) {
                    add(Technique.KEYBOARD, with(i, i + 1, "" + key));
                }
            }
            if (c != '-') {
                add(Technique.DOUBLING, with(i, i, "" + c));
            }
            if (i > 0 && c != '-' && label.charAt(i - 1) != '-') {
                add(Technique.SWAP, with(i - 1, i + 1, "" + c + label.charAt(i - 1)));
                add(Technique.HYPHENATION, with(i, i, "-"));
            }
        }
        add(Technique.HYPHENATION, label.replace("-", ""));
    }

    private static boolean areNeighbours(char a, char b) {
        for (String[] rows : KEYBOARDS) {
            for (int row = 0; row < rows.length; row++) {
                int x = rows[row].indexOf(a);
                int same = rows[row].indexOf(b);
                int above = row == 0 ? -1 : rows[row - 1].indexOf(b);
                int below = row == 2 ? -1 : rows[row + 1].indexOf(b);
                if (x >= 0
                        && (same >= 0 && Math.abs(same - x) == 1
                                || above >= 0 && (above == x || above == x + 1)
                                || below >= 0 && (below == x || below == x - 1))) {
                    return true;
                }
            }
        }
        return false;
    }

    private void oneLetter() {
        for (int i = 0; i <= label.length(); i++) {
            for (char c : LETTERS.toCharArray()) {
                add(Technique.EDIT, with(i, i, "" + c));
                if (i < label.length()) {
                    add(Technique.EDIT, with(i, i + 1, "" + c));
                }
                if (i > 0 && areNeighbours(label.charAt(i - 1), c)) {
                    add(Technique.KEYBOARD, with(i, i, "" + c));
                }
                if (i < label.length() && areNeighbours(label.charAt(i), c)) {
                    add(Technique.KEYBOARD, with(i, i, "" + c));
                }
            }
            if (i < label.length() && label.charAt(i) != '-') {
                add(Technique.OMISSION, with(i, i + 1, ""));
            }
        }
    }

    private void twoLetters(Random random) {
        for (int i = 0; i < 300; i++) {
            int first = random.nextInt(label.length() - 2);
            int second = first + 2 + random.nextInt(label.length() - 2 - first);
            var changed = new StringBuilder(label);
            change(changed, second, random);
            change(changed, first, random);
            add(Technique.EDIT, changed.toString());
        }
    }

    private static void change(StringBuilder text, int at, Random random) {
        char letter = LETTERS.charAt(random.nextInt(26));
        switch (random.nextInt(3)) {
            case 0 -> text.setCharAt(at, letter);
            case 1 -> text.insert(at, letter);
            default -> text.deleteCharAt(at);
        }
    }

    private void lookalikes() {
        var all = new StringBuilder(label);
        for (int i = label.length() - 1; i >= 0; i--) {
            for (String group : LOOKALIKES) {
                List<String> same = List.of(group.split(" "));
                if (same.getFirst().charAt(0) != label.charAt(i)) {
                    continue;
                }
                for (String other : same.subList(1, same.size())) {
                    add(Technique.HOMOGLYPH, ascii(with(i, i + 1, other)));
                }
                all.replace(i, i + 1, same.get(1));
            }
        }
        add(Technique.HOMOGLYPH, ascii(all.toString()));
        for (String[] pair : new String[][] {{"rn", "m"}, {"vv", "w"}, {"cl", "d"}}) {
            add(Technique.HOMOGLYPH, label.replace(pair[0], pair[1]));
        }
        for (String word : WORDS.subList(0, 5)) {
            String fake = label.replace('o', '0').replace('l', '1').replace("m", "rn");
            add(Technique.COMBINATION, fake + "-" + word);
        }
    }

    static String ascii(String label) {
        return IDN.toASCII(label, IDN.ALLOW_UNASSIGNED);
    }

    private void around() {
        for (String other : ENDINGS) {
            if (!other.equals(ending)) {
                of(Technique.OTHER_TLD).add(label + "." + other);
            }
        }
        List<String> combined = new ArrayList<>();
        for (String word : WORDS) {
            combined.add(label + "-" + word);
            combined.add(word + "-" + label);
            combined.add("my-" + label + "-" + word);
            if (label.length() >= 5) {
                combined.add(label + word);
                combined.add(word + label);
            }
        }
        for (String name : combined) {
            of(Technique.COMBINATION).add(name + ".com");
            of(Technique.COMBINATION).add(name + ".evil.test");
        }
        String dashed = label + "-" + ending.replace('.', '-');
        Set<String> below = of(Technique.SUBDOMAIN);
        for (String evil : List.of("evil.test", "x4.co.uk", "someone.github.io")) {
            below.add(label + "." + ending + "." + evil);
            below.add("www." + label + "." + ending + "." + evil);
            below.add(label + "." + ending + ".secure-login." + evil);
            below.add(dashed + "." + evil);
            below.add(dashed + "-x7." + evil);
            if (label.length() >= 5) {
                below.add(label + "." + evil);
                below.add("www." + label + ".a." + evil);
            }
        }
    }
}
