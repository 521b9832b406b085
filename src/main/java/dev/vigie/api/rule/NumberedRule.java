package dev.vigie.api.rule;

/**
 * A rule of an import.
 *
 * @param place where it stands, as a person looks for it: {@code Line 3}
 */
record NumberedRule(String place, RuleResource.NewRule rule) {}
