package dev.vigie.notify;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vigie.delivery.AlertContent;
import dev.vigie.delivery.AlertLinks;
import dev.vigie.delivery.AlertMessage;
import dev.vigie.match.MatchView;
import dev.vigie.watchlist.Severity;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Alerts as programs read them. */
@ApplicationScoped
class AlertJson {

    /** Receivers refuse what is longer. */
    static final int LONGEST = 256 * 1024;

    private static final int KEPT = 20;
    private static final int KEPT_EVIDENCE = 20_000;

    private final ObjectMapper json;
    private final AlertLinks links;

    AlertJson(ObjectMapper json, AlertLinks links) {
        this.json = json;
        this.links = links;
    }

    /**
     * As Standard Webhooks wants it.
     *
     * @param truncated whether there is more at the URL; null if not
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Body(
            String type,
            Instant timestamp,
            Object data,
            @Nullable Boolean truncated,
            @Nullable URI url) {}

    /** A digest. */
    record DigestData(
            long count,
            Instant since,
            Instant until,
            List<RuleData> rules,
            List<MatchView> matches,
            URI url) {}

    /** What a rule has in a digest. */
    record RuleData(
            UUID watchlistId,
            String watchlist,
            UUID ruleId,
            String pattern,
            Severity severity,
            long count) {
        static RuleData of(AlertContent.RuleCount count) {
            return new RuleData(
                    count.rule().watchlistId(),
                    count.rule().watchlist().text(),
                    count.rule().ruleId(),
                    count.rule().pattern().text(),
                    count.severity(),
                    count.count());
        }
    }

    /** The whole message; valid JSON of no more than {@link #LONGEST} bytes. */
    byte[] of(AlertMessage message) {
        byte[] whole =
                write(new Body(message.type(), message.createdAt(), data(message), null, null));
        return whole.length <= LONGEST
                ? whole
                : write(
                        new Body(
                                message.type(),
                                message.createdAt(),
                                shortened(message),
                                true,
                                url(message)));
    }

    /** What it is about, for envelopes of another kind. */
    Object data(AlertMessage message) {
        return switch (message.content()) {
            case AlertContent.Matches m -> m.first();
            case AlertContent.Digest d -> data(d, d.first());
            case AlertContent.Trouble t -> t.incident();
            case AlertContent.Confirmation c -> Map.of("address", c.address());
            case AlertContent.Test t -> Map.of("message", "This is a test of a channel of Vigie.");
        };
    }

    private DigestData data(AlertContent.Digest digest, List<MatchView> matches) {
        return new DigestData(
                digest.count(),
                digest.since(),
                digest.until(),
                digest.rules().stream().map(RuleData::of).toList(),
                matches,
                links.matches(digest));
    }

    private Object shortened(AlertMessage message) {
        return switch (message.content()) {
            case AlertContent.Matches m -> m.first().shortened(KEPT);
            case AlertContent.Digest d ->
                    data(d, d.first().stream().limit(2).map(m -> m.shortened(KEPT)).toList());
            case AlertContent.Trouble t -> t.incident().shortened(KEPT_EVIDENCE);
            default -> data(message);
        };
    }

    /** Where the whole is. */
    URI url(AlertMessage message) {
        return switch (message.content()) {
            case AlertContent.Matches m -> links.match(m.first().id());
            case AlertContent.Digest d -> links.matches(d);
            case AlertContent.Trouble t -> links.incident(t.incident().id());
            default -> URI.create(links.base());
        };
    }

    byte[] write(Object value) {
        try {
            return json.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
