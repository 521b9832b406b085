package dev.vigie.watchlist;

import java.util.function.Consumer;

/**
 * A rule that is to be imported.
 *
 * @param place where it stands, as a person looks for it: {@code Line 3}
 * @param content sets everything but ids and time; what it throws is told with the place
 */
public record RuleDraft(String place, Consumer<StoredRule> content) {}
