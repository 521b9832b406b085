package dev.vigie.delivery;

import dev.vigie.match.MatchView;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is to be said on a channel. All text in it is inert.
 *
 * @param id the same at every attempt, and after a crash
 * @param type such as {@code match.created}
 * @param createdAt when what it is about happened
 * @param match what it is about; none in a test
 * @param watchlist its name, as its owner wrote it
 * @param rule as its owner wrote it
 */
public record AlertMessage(
        UUID id,
        String type,
        Instant createdAt,
        @Nullable MatchView match,
        String watchlist,
        String rule) {

    public static final String MATCH_CREATED = "match.created";
    public static final String CHANNEL_TEST = "channel.test";

    private static final int NAMES_SHOWN = 20;

    /** As many names as a person reads. */
    public List<String> firstNames() {
        return match == null ? List.of() : match.names().stream().limit(NAMES_SHOWN).toList();
    }

    /** How many names there are beside these. */
    public int moreNames() {
        return match == null ? 0 : match.nameCount() - firstNames().size();
    }
}
