package dev.vigie.api.channel;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.vigie.api.InvalidRequestException;
import dev.vigie.delivery.ChannelPolicy;
import dev.vigie.rule.RuleKind;
import dev.vigie.watchlist.Severity;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.DateTimeException;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Which alerts a channel carries, and when; what is left out is as usual. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ChannelPolicyBody(
        @Schema(description = "Whether matches are told at once, or together every hour or day.")
                ChannelPolicy.@Nullable Rhythm rhythm,
        @Schema(description = "When, if every day.", examples = "08:00") @Size(max = 8)
                @Nullable String digestAt,
        @Schema(
                        description = "The time zone of all times of day here; UTC if not given.",
                        examples = "Europe/Paris")
                @Size(max = 60)
                @Nullable String zone,
        @Schema(
                        description =
                                "Alerts about matches in an hour above which the rest is told as a"
                                        + " digest, with exact counts. 60 where people read, 3600"
                                        + " for webhooks, any number for syslog and Kafka.")
                @Min(value = 1, message = "It must be between 1 and 100000.")
                @Max(value = 100_000, message = "It must be between 1 and 100000.")
                @Nullable Integer mostPerHour,
        @Schema(description = "When nothing but the worst is told; what waits is told afterwards.")
                @Valid
                @Nullable QuietHours quietHours,
        @Schema(description = "Matches that matter less are not told here.")
                @Nullable Severity minSeverity,
        @Schema(description = "Only matches of rules of these kinds are told here.") @Size(max = 6)
                @Nullable Set<@NotNull RuleKind> kinds) {

    /** A part of the day; it may go past midnight. */
    record QuietHours(
            @Schema(examples = "22:00")
                    @NotNull(message = "Quiet hours need a beginning such as 22:00.")
                    @Size(max = 8)
                    String from,
            @Schema(examples = "06:00")
                    @NotNull(message = "Quiet hours need an end such as 06:00.")
                    @Size(max = 8)
                    String to,
            @Schema(description = "Matches that matter as much are told all the same; critical.")
                    @Nullable Severity except) {}

    static ChannelPolicy read(@Nullable ChannelPolicyBody body) {
        return body == null ? ChannelPolicy.USUAL : body.policy();
    }

    private ChannelPolicy policy() {
        ChannelPolicy usual = ChannelPolicy.USUAL;
        return new ChannelPolicy(
                rhythm == null ? usual.rhythm() : rhythm,
                digestAt == null ? usual.digestAt() : time("policy.digestAt", digestAt),
                zone == null ? usual.zone() : zone(zone),
                mostPerHour,
                quietHours == null ? null : quiet(quietHours),
                minSeverity == null ? usual.minSeverity() : minSeverity,
                kinds == null ? usual.kinds() : kinds);
    }

    private static ChannelPolicy.QuietHours quiet(QuietHours hours) {
        LocalTime from = time("policy.quietHours.from", hours.from());
        LocalTime to = time("policy.quietHours.to", hours.to());
        if (from.equals(to)) {
            throw new InvalidRequestException(
                    "policy.quietHours.to", "Quiet hours end at another time than they begin.");
        }
        return new ChannelPolicy.QuietHours(
                from, to, hours.except() == null ? Severity.CRITICAL : hours.except());
    }

    private static LocalTime time(String field, String text) {
        try {
            return LocalTime.parse(text);
        } catch (DateTimeException e) {
            throw new InvalidRequestException(field, "This is no time of day such as 08:00.");
        }
    }

    private static ZoneId zone(String text) {
        try {
            return ZoneId.of(text);
        } catch (DateTimeException e) {
            throw new InvalidRequestException(
                    "policy.zone", "This is no time zone such as Europe/Paris.");
        }
    }

    static ChannelPolicyBody of(ChannelPolicy policy) {
        ChannelPolicy.QuietHours quiet = policy.quietHours();
        return new ChannelPolicyBody(
                policy.rhythm(),
                policy.digestAt().toString(),
                policy.zone().getId(),
                policy.mostPerHour(),
                quiet == null
                        ? null
                        : new QuietHours(
                                quiet.from().toString(), quiet.to().toString(), quiet.except()),
                policy.minSeverity(),
                policy.kinds().isEmpty() ? null : policy.kinds());
    }
}
