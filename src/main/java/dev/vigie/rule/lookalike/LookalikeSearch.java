package dev.vigie.rule.lookalike;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Holds names against the rules of an index, one after the other. Creates no object for a name that
 * is near to none, unless it has A-labels. Belongs to one thread.
 */
public final class LookalikeSearch {

    /** A-labels cost microseconds; so many of a name are read, those at its end. */
    private static final int MOST_DECODED = 12;

    /** So many brands are compared with one name, however many may be near to it. */
    private static final int MOST_COMPARED = 4000;

    private static final int LONGEST_KEPT = 128;
    private static final int DECODING_EFFORT = 60;
    private static final int FINDING_EFFORT = 3;
    private static final int WORDS_EFFORT = 40;

    private static final int SLIPS =
            Technique.BIT_FLIP.bit()
                    | Technique.KEYBOARD.bit()
                    | Technique.DOUBLING.bit()
                    | Technique.SWAP.bit();

    private static final int NEAR = SLIPS | Technique.OMISSION.bit() | Technique.EDIT.bit();
    private static final Technique[] TECHNIQUES = Technique.values();
    private static final LookalikeSink NOWHERE = (rule, reason) -> {};

    private final LookalikeIndex index;
    private final LabelText label = new LabelText();
    private final Edits edits = new Edits();
    private final long[] beginnings = new long[Fold.LONGEST + 1];
    private final long[] withoutOne = new long[Fold.LONGEST + 1];

    /** By which name a rule was met last, and against which label a brand was held last. */
    private final int[] foundIn;

    private final int[] comparedWith;
    private final int[] partOf;
    private int nameNumber;
    private int labelNumber;

    private byte[] name = new byte[0];
    private int length;
    private int registrable;
    private int suffix;
    private boolean isRegistrable;
    private int labelStart;
    private LookalikeSink sink = NOWHERE;
    private int effort;
    private int compared;
    private boolean clean;

    /** The registrable domain before, if its label met nothing; most names have it too. */
    private final byte[] cleanDomain = new byte[LONGEST_KEPT];

    private int cleanLength;

    LookalikeSearch(LookalikeIndex index) {
        this.index = index;
        foundIn = new int[index.rules.length];
        comparedWith = new int[index.brands.length];
        partOf = new int[index.brands.length];
    }

    /**
     * Holds a name against all rules. Labels with {@code *} or {@code ?} in them are passed over.
     *
     * @param bytes the name in canonical form: lower case, A-labels, no full stop at either end
     * @param length how many of the bytes it has
     * @param to is told of each rule once at most
     * @return what it took, in some 100 ns each; at most some thousands, and three for each rule
     *     that is met
     */
    public int search(byte[] bytes, int length, LookalikeSink to) {
        effort = 1;
        compared = 0;
        if (index.rules.length == 0 || length == 0) {
            return effort;
        }
        name = bytes;
        this.length = length;
        sink = to;
        suffix = index.suffixes.suffixStart(bytes, length);
        if (suffix > 1) {
            nextName();
            labels();
        }
        sink = NOWHERE;
        return effort;
    }

    private void nextName() {
        if (++nameNumber == 0) {
            Arrays.fill(foundIn, 0);
            nameNumber = 1;
        }
    }

    private void labels() {
        int decoded = 0;
        isRegistrable = true;
        for (int end = suffix - 1; end >= 0; ) {
            int start = end;
            while (start > 0 && name[start - 1] != '.') {
                start--;
            }
            registrable = isRegistrable ? start : registrable;
            if ((!isRegistrable || !isCleanDomain()) && LabelText.isPlain(name, start, end)) {
                clean = true;
                if (!LabelText.isALabel(name, start, end)) {
                    label.read(name, start, end);
                    label(start);
                } else if (decoded++ < MOST_DECODED) {
                    effort += DECODING_EFFORT;
                    label.decode(name, start, end);
                    label(start);
                }
                if (isRegistrable && clean) {
                    keepClean();
                }
            }
            isRegistrable = false;
            end = start - 1;
        }
    }

    private boolean isCleanDomain() {
        return length - registrable == cleanLength
                && Arrays.equals(name, registrable, length, cleanDomain, 0, cleanLength);
    }

    private void keepClean() {
        int size = length - registrable;
        cleanLength = 0;
        if (size <= LONGEST_KEPT) {
            System.arraycopy(name, registrable, cleanDomain, 0, size);
            cleanLength = size;
        }
    }

    private void label(int start) {
        labelStart = start;
        effort++;
        if (++labelNumber == 0) {
            Arrays.fill(comparedWith, 0);
            Arrays.fill(partOf, 0);
            labelNumber = 1;
        }
        index.hash.beginnings(label.fold, label.foldLength, beginnings);
        wholes();
        parts();
        neighbours();
    }

    private boolean isTooMuch() {
        effort++;
        return ++compared > MOST_COMPARED;
    }

    // the whole label

    private void wholes() {
        BrandTable table = index.wholes;
        int size = label.foldLengthWithoutHyphens;
        long hash =
                label.hyphens == 0
                        ? beginnings[size] + index.hash.length(size)
                        : index.hash.of(label.foldWithoutHyphens, size);
        if (!table.mayHold(hash)) {
            return;
        }
        for (int at = table.first(hash); at >= 0 && !isTooMuch(); at = table.next(at)) {
            Brand brand = index.brands[table.brand(at)];
            if (brand.isFold(label.foldWithoutHyphens, 0, size, false)) {
                whole(brand);
            }
        }
    }

    private void whole(Brand brand) {
        String written = label.written();
        if (written.equals(brand.label)) {
            for (int rule : brand.rules) {
                same(brand, rule);
            }
            return;
        }
        if (isRegistrable ? !brand.isImitable() : !brand.isStriking()) {
            return;
        }
        Technique technique =
                written.replace("-", "").equals(brand.withoutHyphens)
                        ? Technique.HYPHENATION
                        : Technique.HOMOGLYPH;
        for (int rule : brand.rules) {
            found(rule, technique, brand, label.shown(), "");
        }
    }

    /** The label is the brand itself. */
    private void same(Brand brand, int rule) {
        Watched watched = index.rules[rule];
        if (isRegistrable) {
            if (brand.isImitable()) {
                found(rule, Technique.OTHER_TLD, brand, "", ascii(suffix, length));
            }
        } else if (brand.isDistinct() || watched.isAt(name, labelStart, registrable)) {
            found(rule, Technique.SUBDOMAIN, brand, "", ascii(registrable, length));
        }
    }

    private String ascii(int start, int end) {
        return new String(name, start, end - start, StandardCharsets.ISO_8859_1);
    }

    // parts of the label

    private void parts() {
        char[] fold = label.fold;
        int size = label.foldLength;
        int width = LookalikeIndex.BEGINNING;
        effort += size >> 5;
        for (int start = 0; start + width <= size; start++) {
            long hash = index.hash.between(beginnings, start, start + width);
            if (index.beginnings.mayHold(hash)) {
                parts(index.beginnings, hash, start);
            }
        }
        if (label.hyphens == 0) {
            return;
        }
        for (int start = 0; start < size; ) {
            int end = start;
            while (end < size && fold[end] != '-') {
                end++;
            }
            long hash = index.hash.between(beginnings, start, end);
            if (index.parts.mayHold(hash)) {
                parts(index.parts, hash, start);
            }
            start = end + 1;
        }
    }

    private void parts(BrandTable table, long hash, int start) {
        for (int at = table.first(hash); at >= 0 && !isTooMuch(); at = table.next(at)) {
            int number = table.brand(at);
            Brand brand = index.brands[number];
            int end = start + brand.fold.length;
            boolean isWhole = end - start == label.foldLength;
            if (!isWhole
                    && end <= label.foldLength
                    && partOf[number] != labelNumber
                    && brand.isFold(label.fold, start, end, true)) {
                partOf[number] = labelNumber;
                part(brand, start, end);
            }
        }
    }

    private void part(Brand brand, int start, int end) {
        effort += WORDS_EFFORT;
        var shared = new Surroundings(index.words, label, start, end);
        if (!brand.isDistinct() && !shared.isDelimited()) {
            return;
        }
        for (int rule : brand.rules) {
            Watched watched = index.rules[rule];
            if (watched.isWrittenSuffix(shared.rest())
                    && (brand.isDistinct() || shared.begins())
                    && found(rule, Technique.SUBDOMAIN, brand, label.shown(), "")) {
                continue;
            }
            Surroundings around = watched.words.isEmpty() ? shared : shared.with(watched.words);
            RiskyWord word = brand.isLong() ? around.anyWord() : around.wordBeside();
            if (word != null) {
                found(rule, Technique.COMBINATION, brand, label.shown(), word.text());
            }
        }
    }

    // labels a few letters away

    private void neighbours() {
        int size = label.length;
        int depth = index.depth(size);
        if (depth < 0) {
            return;
        }
        LabelHash hash = index.hash;
        char[] letters = label.letters;
        long[] begin = beginnings;
        hash.beginnings(letters, size, begin);
        neighbours(begin[size] + hash.length(size));
        if (depth == 0) {
            return;
        }
        long all = begin[size];
        long one = hash.inverse(1);
        for (int i = 0; i < size; i++) {
            if (i == 0 || letters[i] != letters[i - 1]) {
                neighbours(begin[i] + (all - begin[i + 1]) * one + hash.length(size - 1));
            }
        }
        if (depth > 1
                && (!Pieces.areTelling(size)
                        || Pieces.mayBeNear(index.pieces, hash, begin, size))) {
            pairs(size, all, one);
        }
    }

    /** Without two letters: what lies between them moves by one place, what is behind by two. */
    private void pairs(int size, long all, long one) {
        long two = index.hash.inverse(2);
        char[] letters = label.letters;
        long[] begin = beginnings;
        effort += size * size >> 6;
        for (int j = 1; j < size; j++) {
            withoutOne[j] =
                    begin[j] * one + (all - begin[j + 1]) * two + index.hash.length(size - 2);
        }
        BrandTable table = index.shortened;
        for (int i = 0; i < size - 1; i++) {
            if (i > 0 && letters[i] == letters[i - 1]) {
                continue; // the same as without the letter before
            }
            long front = begin[i] - begin[i + 1] * one;
            for (int j = i + 1; j < size; j++) {
                if (table.mayHold(front + withoutOne[j])) {
                    neighbours(front + withoutOne[j]);
                }
            }
        }
    }

    private void neighbours(long hash) {
        BrandTable table = index.shortened;
        if (!table.mayHold(hash)) {
            return;
        }
        for (int at = table.first(hash); at >= 0 && !isTooMuch(); at = table.next(at)) {
            int number = table.brand(at);
            if (comparedWith[number] != labelNumber) {
                comparedWith[number] = labelNumber;
                neighbour(index.brands[number]);
            }
        }
    }

    private void neighbour(Brand brand) {
        int distance = edits.distance(brand.letters, label.letters, label.length);
        if (distance == 0 || distance >= Edits.FAR || label.hyphens > brand.hyphens) {
            return;
        }
        int techniques =
                distance == 1
                        ? Edits.techniques(brand.letters, label.letters, label.length)
                        : Technique.EDIT.bit();
        for (int rule : brand.rules) {
            Watched watched = index.rules[rule];
            boolean elsewhere = !isRegistrable || !watched.hasSuffix(name, suffix, length);
            int wanted = watched.wanted(techniques);
            if (watched.slips) {
                wanted = distance == 1 && !elsewhere ? wanted & slips(brand) : 0;
            } else if (watched.distance < distance
                    || !watched.chosen && !brand.isNear(label.letters, distance, elsewhere)) {
                wanted = 0;
            }
            if (wanted != 0) {
                Technique technique = TECHNIQUES[Integer.numberOfTrailingZeros(wanted)];
                String seen = new String(label.letters, 0, label.length);
                found(rule, technique, brand, seen, "");
            }
        }
    }

    /** Of a short label a letter more is only a slip if it is the same again. */
    private int slips(Brand brand) {
        return label.length == brand.letters.length ? SLIPS : Technique.DOUBLING.bit();
    }

    /** Whether the rule is met, now or before. */
    private boolean found(int rule, Technique technique, Brand brand, String seen, String other) {
        clean = false;
        effort += FINDING_EFFORT;
        Watched watched = index.rules[rule];
        if (!watched.wants(technique) || watched.isOwn(name, length)) {
            return false;
        }
        if (foundIn[rule] != nameNumber) {
            foundIn[rule] = nameNumber;
            boolean slip = (technique.bit() & NEAR) != 0;
            String own = slip ? new String(brand.letters) : brand.shown;
            sink.found(rule, new LookalikeReason(technique, watched.domain, own, seen, other));
        }
        return true;
    }
}
