package dev.vigie.rule;

import dev.vigie.dns.InertName;
import dev.vigie.net.IpText;
import dev.vigie.rule.lookalike.LookalikeReason;
import dev.vigie.rule.lookalike.LookalikeSearch;
import dev.vigie.rule.lookalike.LookalikeSink;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.IntConsumer;

/** Holds names against the rules that are not places in a tree of names. Belongs to one thread. */
final class PatternSearch {

    private static final int IPV4 = 4;
    private static final int IPV6 = 16;
    private static final int LONGEST_NAME = 253;

    private final PatternRules rules;
    private final HitList hits;
    private final Effort effort;
    private final LookalikeSearch lookalikes;
    private final boolean searchesNames;
    private final boolean searchesAddresses;
    private final int firstKeyword;
    private final int firstExpression;
    private final int firstLookalike;
    private final int firstAddress;
    private final int firstOfAll;
    private final IntConsumer keywordSink = this::keyword;
    private final IntConsumer expressionSink = this::expression;
    private final LookalikeSink lookalikeSink = this::lookalike;
    private final IntConsumer addressSink = this::addressFound;
    private byte[] name = {};
    private int length;
    private byte[] address = {};
    private int addressOffset;
    private int addressSize;

    PatternSearch(RuleSet set, HitList hits, Effort effort) {
        this.rules = set.patterns();
        this.hits = hits;
        this.effort = effort;
        this.lookalikes = rules.lookalikes().newSearch();
        this.searchesAddresses = !rules.of(RuleKind.IP).isEmpty();
        this.searchesNames = rules.size() > rules.of(RuleKind.IP).size();
        this.firstOfAll = set.firstPattern();
        this.firstKeyword = rules.first(RuleKind.KEYWORD);
        this.firstExpression = rules.first(RuleKind.REGEX);
        this.firstLookalike = rules.first(RuleKind.LOOKALIKE);
        this.firstAddress = rules.first(RuleKind.IP);
    }

    /** Finds the rules that a name in canonical form meets. */
    void search(byte[] canonical, int nameLength) {
        name = canonical;
        length = nameLength;
        if (searchesNames && !effort.isSpent()) {
            effort.spend(
                    rules.keywords().search(name, length, keywordSink)
                            + rules.expressions().search(name, length, expressionSink)
                            + lookalikes.search(name, length, lookalikeSink));
        }
    }

    /** Finds the rules that an address of a certificate meets. */
    void address(byte[] buffer, int offset, int addressLength) {
        if (searchesAddresses && !effort.isSpent()) {
            hits.name(buffer, offset, addressLength);
            address = buffer;
            addressOffset = offset;
            addressSize = addressLength;
            effort.spend(rules.addresses().search(buffer, offset, addressLength, addressSink));
        }
    }

    /** The same of an address that is written as a name. */
    void addressText(byte[] buffer, int offset, int textLength) {
        if (searchesAddresses && !effort.isSpent() && textLength <= LONGEST_NAME) {
            addressSize = 0;
            String text = new String(buffer, offset, textLength, StandardCharsets.ISO_8859_1);
            IpText.parse(text)
                    .ifPresent(written ->
                            effort.spend(
                                    rules.addresses()
                                            .search(written, 0, written.length, addressSink)));
        }
    }

    private void keyword(int rule) {
        int number = firstKeyword + rule;
        if (meetsStranger(number)) {
            hits.because("'%s' stands in %s".formatted(pattern(number), hits.shown()));
        }
    }

    private void expression(int rule) {
        int number = firstExpression + rule;
        if (meetsStranger(number)) {
            hits.because(
                    "%s has what the expression '%s' looks for"
                            .formatted(hits.shown(), pattern(number)));
        }
    }

    private void lookalike(int rule, LookalikeReason reason) {
        if (meetsStranger(firstLookalike + rule)) {
            hits.because(reason.text());
        }
    }

    private boolean meetsStranger(int rule) {
        return !rules.rule(rule).excluded().covers(name, length) && hits.meet(firstOfAll + rule);
    }

    private void addressFound(int rule) {
        if (addressSize == IPV4 || addressSize == IPV6) {
            hits.shownAs(
                    IpText.of(
                            Arrays.copyOfRange(
                                    address, addressOffset, addressOffset + addressSize)));
        }
        if (hits.meet(firstOfAll + firstAddress + rule)) {
            String range = pattern(firstAddress + rule);
            hits.because(
                    hits.shown().equals(range)
                            ? "the certificate names the address " + range
                            : "%s lies in %s".formatted(hits.shown(), range));
        }
    }

    private String pattern(int rule) {
        return InertName.of(rules.rule(rule).name()).text();
    }
}
