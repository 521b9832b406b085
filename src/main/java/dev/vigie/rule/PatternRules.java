package dev.vigie.rule;

import dev.vigie.dns.DomainName;
import dev.vigie.rule.address.AddressIndex;
import dev.vigie.rule.address.AddressRange;
import dev.vigie.rule.lookalike.LookalikeIndex;
import dev.vigie.rule.lookalike.LookalikeRule;
import dev.vigie.rule.text.Keyword;
import dev.vigie.rule.text.KeywordIndex;
import dev.vigie.rule.text.NamePattern;
import dev.vigie.rule.text.PatternIndex;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * The rules that are not places in a tree of names. Immutable; made anew as a whole when one of
 * them changes, which takes milliseconds for thousands.
 */
final class PatternRules {

    private final NameKnowledge knowledge;
    private final Map<RuleKind, List<WatchRule>> byKind = new EnumMap<>(RuleKind.class);
    private final KeywordIndex keywords;
    private final PatternIndex expressions;
    private final LookalikeIndex lookalikes;
    private final AddressIndex addresses;

    PatternRules(NameKnowledge knowledge, Collection<WatchRule> rules) {
        this.knowledge = knowledge;
        for (RuleKind kind : RuleKind.values()) {
            byKind.put(kind, rules.stream().filter(rule -> rule.kind() == kind).toList());
        }
        keywords = KeywordIndex.of(each(RuleKind.KEYWORD, rule -> Keyword.parse(rule.name())));
        expressions =
                PatternIndex.of(each(RuleKind.REGEX, rule -> NamePattern.stored(rule.name())));
        lookalikes =
                LookalikeIndex.of(
                        each(
                                RuleKind.LOOKALIKE,
                                rule ->
                                        new LookalikeRule(
                                                new DomainName(rule.name()),
                                                rule.options().lookalike())),
                        knowledge.suffixes(),
                        knowledge.riskyWords());
        addresses = AddressIndex.of(each(RuleKind.IP, rule -> AddressRange.parse(rule.name())));
    }

    private <T> List<T> each(RuleKind kind, Function<WatchRule, T> part) {
        return of(kind).stream().map(part).toList();
    }

    /** The rules of a kind, in the order in which its index counts them. */
    List<WatchRule> of(RuleKind kind) {
        return byKind.getOrDefault(kind, List.of());
    }

    int size() {
        return byKind.values().stream().mapToInt(List::size).sum();
    }

    /** These rules after some were changed. */
    PatternRules with(Set<UUID> changed, Collection<WatchRule> inForce) {
        List<WatchRule> added = inForce.stream().filter(rule -> !rule.kind().isName()).toList();
        List<WatchRule> rules = new ArrayList<>();
        byKind.values()
                .forEach(all ->
                        all.stream()
                                .filter(rule -> !changed.contains(rule.id()))
                                .forEach(rules::add));
        if (added.isEmpty() && rules.size() == size()) {
            return this;
        }
        rules.addAll(added);
        return new PatternRules(knowledge, rules);
    }

    /** The rule with a number, counted through the kinds. */
    WatchRule rule(int number) {
        int left = number;
        for (List<WatchRule> rules : byKind.values()) {
            if (left < rules.size()) {
                return rules.get(left);
            }
            left -= rules.size();
        }
        throw new IndexOutOfBoundsException(number);
    }

    /** The number of the first rule of a kind. */
    int first(RuleKind kind) {
        return IntStream.range(0, kind.ordinal())
                .map(before -> of(RuleKind.values()[before]).size())
                .sum();
    }

    List<UUID> slow() {
        return expressions.overBudget().mapToObj(i -> of(RuleKind.REGEX).get(i).id()).toList();
    }

    KeywordIndex keywords() {
        return keywords;
    }

    PatternIndex expressions() {
        return expressions;
    }

    LookalikeIndex lookalikes() {
        return lookalikes;
    }

    AddressIndex addresses() {
        return addresses;
    }
}
