package dev.vigie.delivery;

import dev.vigie.dns.InertName;
import dev.vigie.incident.IncidentView;
import dev.vigie.match.MatchView;
import dev.vigie.rule.RuleKind;
import dev.vigie.watchlist.Severity;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What an alert is about. All text of strangers in it is inert, by its type. */
public sealed interface AlertContent {

    /** As many names, and matches, as a person reads. */
    int SHOWN = 20;

    /** A rule as its owners know it. */
    record RuleName(
            UUID watchlistId,
            InertName watchlist,
            UUID ruleId,
            @Nullable RuleKind kind,
            InertName pattern) {}

    /**
     * A rule met a certificate.
     *
     * @param further matches of the same registrable domain that are told of in the same alert, the
     *     first of them
     * @param count of all matches that it tells of
     * @param escalated whether it was told before, and nobody has decided about it since
     */
    record Matches(
            MatchView first, RuleName rule, List<MatchView> further, long count, boolean escalated)
            implements AlertContent {

        /** How many matches there are beside those that are listed. */
        public long unlisted() {
            return count - 1 - further.size();
        }

        /** What matters most of all that is listed. */
        public Severity severity() {
            return further.stream()
                    .map(MatchView::severity)
                    .reduce(first.severity(), (a, b) -> a.compareTo(b) > 0 ? a : b);
        }
    }

    /** How many matches a rule has in a digest. */
    record RuleCount(RuleName rule, Severity severity, long count) {}

    /**
     * Many matches together.
     *
     * @param count exactly how many there are
     * @param since when the first was seen
     * @param until when the last was seen
     * @param rules those with most of them
     * @param first the newest that matter most
     */
    record Digest(
            long count, Instant since, Instant until, List<RuleCount> rules, List<MatchView> first)
            implements AlertContent {}

    /** Something went wrong, or has passed. */
    record Trouble(IncidentView incident) implements AlertContent {

        public boolean hasPassed() {
            return incident.closedAt() != null;
        }
    }

    /** Somebody wants alerts to be sent to an address. */
    record Confirmation(String address, URI link) implements AlertContent {}

    /** Somebody wants to know whether a channel works. */
    record Test(InertName channel) implements AlertContent {}
}
