package dev.vigie.delivery;

import dev.vigie.incident.IncidentView;
import dev.vigie.match.MatchView;
import io.quarkus.qute.TemplateExtension;
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
 * @param match what it is about, or
 * @param incident what it is about; neither in a test
 * @param watchlist its name, as its owner wrote it
 * @param rule as its owner wrote it
 * @param further matches of the same registrable domain that are told of in the same alert, the
 *     first of them
 * @param unlisted how many there are beside these
 */
public record AlertMessage(
        UUID id,
        String type,
        Instant createdAt,
        @Nullable MatchView match,
        @Nullable IncidentView incident,
        String watchlist,
        String rule,
        List<MatchView> further,
        long unlisted) {

    public static final String MATCH_CREATED = "match.created";
    public static final String CHANNEL_TEST = "channel.test";
    public static final String LOG_INCIDENT = "log.incident";
    public static final String LOG_RECOVERED = "log.recovered";

    private static final int NAMES_SHOWN = 20;

    /** As many names as a person reads. */
    public List<String> firstNames() {
        return match == null ? List.of() : firstNames(match);
    }

    /** As many names of a match as a person reads. */
    @TemplateExtension
    static List<String> firstNames(MatchView match) {
        return match.names().stream().limit(NAMES_SHOWN).toList();
    }

    /** How many matches it tells of. */
    public long matchCount() {
        return (match == null ? 0 : 1) + further.size() + unlisted;
    }

    /** How many names there are beside these. */
    public int moreNames() {
        return match == null ? 0 : match.nameCount() - firstNames().size();
    }
}
