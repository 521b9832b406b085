package dev.vigie.rule.lookalike;

import dev.vigie.dns.PublicSuffixes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * Lookalike rules, ready to be searched. Immutable; threads share it, each with a {@link
 * LookalikeSearch} of its own. Takes some 2.5 kB a rule.
 */
public final class LookalikeIndex {

    /** By so many characters a brand is found within a label. */
    static final int BEGINNING = 5;

    final PublicSuffixes suffixes;
    final LabelHash hash = new LabelHash();
    final Watched[] rules;
    final Brand[] brands;
    final List<RiskyWord> words;

    /** By the whole label, folded and without hyphens. */
    final BrandTable wholes;

    /** By the whole label, folded, as it may stand between hyphens; those that are short. */
    final BrandTable parts;

    /** By the first characters of the folded label; those that are not short. */
    final BrandTable beginnings;

    /** By the label without up to two of its letters. */
    final BrandTable shortened;

    /** Pieces of labels that may be two letters away from a brand. */
    final HashFilter pieces;

    /**
     * How many letters are to be left out of a label of so many to find all; -1 if none is near.
     */
    private final int[] depths = new int[Fold.LONGEST + 1];

    private LookalikeIndex(
            List<LookalikeRule> rules, PublicSuffixes suffixes, Collection<String> riskyWords) {
        this.suffixes = suffixes;
        this.rules = rules.stream().map(r -> new Watched(r, suffixes)).toArray(Watched[]::new);
        this.words = RiskyWord.all(riskyWords);
        this.brands = brands(this.rules);
        Arrays.fill(depths, -1);
        var whole = new BrandTable.Builder();
        var part = new BrandTable.Builder();
        var beginning = new BrandTable.Builder();
        var shorter = new BrandTable.Builder();
        for (int i = 0; i < brands.length; i++) {
            Brand brand = brands[i];
            int number = i;
            whole.add(hash.of(brand.foldWithoutHyphens, brand.foldWithoutHyphens.length), number);
            if (brand.isDistinct() && brand.fold.length >= BEGINNING) {
                beginning.add(hash.of(brand.fold, BEGINNING), number);
            } else if (brand.isImitable()) {
                part.add(hash.of(brand.fold, brand.fold.length), number);
            }
            if (brand.distance > 0) {
                Variants.shortened(
                        hash, brand.letters, brand.distance, h -> shorter.add(h, number));
                near(brand.letters.length, brand.distance);
            } else if (brand.isImitable() && hasSlips(brand)) {
                Variants.slips(
                        new String(brand.letters), slip -> shorter.add(hash.of(slip), number));
                near(brand.letters.length, 0);
                near(brand.letters.length + 1, 0);
            }
        }
        pieces = pieces();
        wholes = whole.build();
        parts = part.build();
        beginnings = beginning.build();
        shortened = shorter.build();
    }

    /**
     * An index of rules.
     *
     * @param riskyWords that make a name suspicious beside a watched one, as {@link
     *     RiskyWords#bundled()}
     * @throws IllegalArgumentException with a sentence if one of the words cannot be one
     */
    public static LookalikeIndex of(
            List<LookalikeRule> rules, PublicSuffixes suffixes, Collection<String> riskyWords) {
        return new LookalikeIndex(rules, suffixes, riskyWords);
    }

    private static Brand[] brands(Watched[] rules) {
        Map<String, List<Integer>> byLabel = new LinkedHashMap<>();
        for (int rule = 0; rule < rules.length; rule++) {
            byLabel.computeIfAbsent(rules[rule].label, l -> new ArrayList<>(1)).add(rule);
        }
        List<Brand> brands = new ArrayList<>(byLabel.size());
        byLabel.forEach((label, numbers) -> {
            int[] own = numbers.stream().mapToInt(Integer::intValue).toArray();
            int distance = Arrays.stream(own).map(r -> rules[r].distance).max().orElse(0);
            brands.add(new Brand(label, own, distance));
        });
        return brands.toArray(Brand[]::new);
    }

    private HashFilter pieces() {
        LongStream.Builder hashes = LongStream.builder();
        for (Brand brand : brands) {
            if (brand.distance > 1) {
                Pieces.of(brand.letters, hash, hashes::add);
            }
        }
        long[] all = hashes.build().toArray();
        var filter = new HashFilter(all.length);
        for (long piece : all) {
            filter.add(piece);
        }
        return filter;
    }

    private boolean hasSlips(Brand brand) {
        return Arrays.stream(brand.rules).anyMatch(rule -> rules[rule].slips);
    }

    private void near(int length, int distance) {
        for (int left = 0; left <= distance; left++) {
            for (int leftOfBrand = 0; leftOfBrand <= distance; leftOfBrand++) {
                int near = length - leftOfBrand + left;
                if (near > 0 && near < depths.length) {
                    depths[near] = Math.max(depths[near], left);
                }
            }
        }
    }

    int depth(int length) {
        return depths[length];
    }

    /** How many rules there are. */
    public int size() {
        return rules.length;
    }

    /** A search for one thread. */
    public LookalikeSearch newSearch() {
        return new LookalikeSearch(this);
    }
}
