package dev.vigie.delivery;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.vigie.rule.RuleKind;
import dev.vigie.watchlist.Severity;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which alerts a channel carries, and when.
 *
 * @param rhythm whether matches are told at once, or together every hour or day
 * @param digestAt when, if every day
 * @param zone of all times of day here
 * @param mostPerHour alerts about matches an hour above which the rest is told as a digest; null
 *     for what is usual with this type
 * @param quietHours when nothing but the worst is told; null for never
 * @param minSeverity matches that matter less are not told here
 * @param kinds of rules whose matches are told here; none means all
 */
public record ChannelPolicy(
        Rhythm rhythm,
        LocalTime digestAt,
        ZoneId zone,
        @Nullable Integer mostPerHour,
        @Nullable QuietHours quietHours,
        Severity minSeverity,
        Set<RuleKind> kinds) {

    /** How often. */
    public enum Rhythm {
        IMMEDIATE,
        HOURLY,
        DAILY
    }

    /**
     * A part of the day, which may go past midnight.
     *
     * @param except matches that matter as much as this, or more, are told all the same
     */
    public record QuietHours(LocalTime from, LocalTime to, Severity except) {

        private boolean contains(LocalTime time) {
            boolean afterFrom = !time.isBefore(from);
            boolean beforeTo = time.isBefore(to);
            return from.isBefore(to) ? afterFrom && beforeTo : afterFrom || beforeTo;
        }
    }

    private static final LocalTime MORNING = LocalTime.of(8, 0);

    /** Everything, at once. */
    public static final ChannelPolicy USUAL =
            new ChannelPolicy(
                    Rhythm.IMMEDIATE,
                    MORNING,
                    ZoneId.of("UTC"),
                    null,
                    null,
                    Severity.LOW,
                    Set.of());

    public ChannelPolicy {
        kinds = Set.copyOf(kinds);
    }

    /** Whether such a match is told at all. */
    public boolean carries(Severity severity, RuleKind kind) {
        return severity.compareTo(minSeverity) >= 0 && (kinds.isEmpty() || kinds.contains(kind));
    }

    /** Whether matches are told together. */
    @JsonIgnore
    public boolean isDigest() {
        return rhythm != Rhythm.IMMEDIATE;
    }

    /** Whether matches are told at the same times by this one and another one. */
    boolean hasRhythmOf(ChannelPolicy other) {
        return rhythm == other.rhythm && digestAt.equals(other.digestAt) && zone.equals(other.zone);
    }

    /** When a match that could be told from then on is. */
    public Instant due(Instant from) {
        ZonedDateTime local = from.atZone(zone);
        return switch (rhythm) {
            case IMMEDIATE -> from;
            case HOURLY ->
                    local.toOffsetDateTime().truncatedTo(ChronoUnit.HOURS).plusHours(1).toInstant();
            case DAILY -> {
                // each day anew: the clock may have been moved in between
                LocalDate today = local.toLocalDate();
                Instant next = today.atTime(digestAt).atZone(zone).toInstant();
                yield next.isAfter(from)
                        ? next
                        : today.plusDays(1).atTime(digestAt).atZone(zone).toInstant();
            }
        };
    }

    /** Whether nothing but the worst is told at this time. */
    public boolean isQuietAt(Instant time) {
        return quietHours != null && quietHours.contains(time.atZone(zone).toLocalTime());
    }

    /** Alerts about matches an hour; 0 for any number. */
    int mostPerHour(ChannelType type) {
        return mostPerHour == null ? type.mostPerHour() : mostPerHour;
    }
}
