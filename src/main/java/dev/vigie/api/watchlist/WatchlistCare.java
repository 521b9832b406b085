package dev.vigie.api.watchlist;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.vigie.api.InvalidRequestException;
import dev.vigie.api.NoSuchThingException;
import dev.vigie.delivery.Channel;
import dev.vigie.dns.DomainName;
import dev.vigie.watchlist.Watchlist;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What a watchlist's owners are told beside new matches; all of it may be left out. */
final class WatchlistCare {

    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofDays(30);
    private static final int USUAL_CANARY_DAYS = 7;

    private WatchlistCare() {}

    /** Who is told of matches that nobody has decided about in time. */
    record Escalation(
            @Schema(description = "From PT1M to P30D.", examples = "PT4H")
                    @NotNull(message = "An escalation needs a time such as PT4H.")
                    @Size(max = 40)
                    String after,
            @NotNull(message = "An escalation needs channels.")
                    @Size(min = 1, max = 20, message = "An escalation needs 1 to 20 channels.")
                    Set<@NotNull UUID> channelIds) {

        private int seconds() {
            try {
                Duration time = Duration.parse(after);
                if (time.compareTo(SHORTEST) >= 0 && time.compareTo(LONGEST) <= 0) {
                    return (int) time.toSeconds();
                }
            } catch (DateTimeException e) {
                // said below
            }
            throw new InvalidRequestException(
                    "escalation.after", "It must be a time such as PT4H, from PT1M to P30D.");
        }

        static void apply(@Nullable Escalation escalation, Watchlist watchlist) {
            watchlist.escalateSeconds = escalation == null ? null : escalation.seconds();
            watchlist.escalationChannelIds.clear();
            if (escalation != null) {
                if (!Channel.allExist(watchlist.teamId, escalation.channelIds())) {
                    throw new NoSuchThingException(
                            "escalation.channelIds", "There is no such channel.");
                }
                watchlist.escalationChannelIds.addAll(escalation.channelIds());
            }
        }

        static @Nullable Escalation of(Watchlist watchlist) {
            return watchlist.escalateSeconds == null
                    ? null
                    : new Escalation(
                            Duration.ofSeconds(watchlist.escalateSeconds).toString(),
                            new LinkedHashSet<>(watchlist.escalationChannelIds));
        }
    }

    /** What the owners are told of the certificates of names that rules exact and domain met. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Renewal(
            @Schema(
                            description =
                                    "A certificate that ends within so many days, and has no"
                                            + " successor yet.")
                    @Min(value = 1, message = "It must be between 1 and 365.")
                    @Max(value = 365, message = "It must be between 1 and 365.")
                    @Nullable Integer expiryDays,
            @Schema(description = "A certificate of another issuer than the one before.")
                    @Nullable Boolean issuerChanges,
            @Schema(
                            description =
                                    "Names that get new certificates all the time, so that silence"
                                            + " means that something does not work.")
                    @Size(max = 100)
                    @Nullable List<@NotNull String> canaryNames,
            @Schema(description = "How many days these may be without; 7 if not given.")
                    @Min(value = 1, message = "It must be between 1 and 365.")
                    @Max(value = 365, message = "It must be between 1 and 365.")
                    @Nullable Integer canaryDays) {

        /**
         * @param wasOff whether nothing was seen until now, so that nothing can be missed yet
         */
        static void apply(
                @Nullable Renewal renewal, Watchlist watchlist, Instant now, boolean wasOff) {
            List<String> before = watchlist.canaryNames;
            watchlist.expiryDays = renewal == null ? null : renewal.expiryDays();
            watchlist.issuerChanges =
                    renewal != null && Boolean.TRUE.equals(renewal.issuerChanges());
            watchlist.canaryNames = renewal == null ? List.of() : renewal.names();
            boolean awaits = !watchlist.canaryNames.isEmpty();
            watchlist.canaryDays = awaits && renewal != null ? renewal.days() : null;
            if (wasOff || !watchlist.canaryNames.equals(before)) {
                watchlist.canarySince = awaits ? now : null;
            }
        }

        private int days() {
            return canaryDays == null ? USUAL_CANARY_DAYS : canaryDays;
        }

        private List<String> names() {
            try {
                return canaryNames == null
                        ? List.of()
                        : canaryNames.stream()
                                .map(name -> DomainName.parse(name).ascii())
                                .distinct()
                                .toList();
            } catch (IllegalArgumentException e) {
                throw new InvalidRequestException(
                        "renewal.canaryNames", String.valueOf(e.getMessage()));
            }
        }

        static @Nullable Renewal of(Watchlist watchlist) {
            boolean none =
                    watchlist.expiryDays == null
                            && !watchlist.issuerChanges
                            && watchlist.canaryDays == null;
            return none
                    ? null
                    : new Renewal(
                            watchlist.expiryDays,
                            watchlist.issuerChanges,
                            watchlist.canaryNames.isEmpty() ? null : watchlist.canaryNames,
                            watchlist.canaryDays);
        }
    }
}
