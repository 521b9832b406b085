package dev.vigie.delivery;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * What is to be said on a channel.
 *
 * @param id the same at every attempt, and after a crash
 * @param type such as {@code match.created}
 * @param createdAt when what it is about happened
 * @param threadId the same for all that people want to see together
 */
public record AlertMessage(
        UUID id, String type, Instant createdAt, UUID threadId, AlertContent content) {

    public static final String MATCH_CREATED = "match.created";
    public static final String MATCH_DIGEST = "match.digest";
    public static final String MATCH_ESCALATED = "match.escalated";
    public static final String CHANNEL_TEST = "channel.test";
    public static final String CHANNEL_CONFIRMATION = "channel.confirmation";
    public static final String LOG_INCIDENT = "log.incident";
    public static final String LOG_RECOVERED = "log.recovered";

    /** All other types than the first. */
    static final List<String> ABOUT_NO_NEW_MATCH =
            List.of(
                    MATCH_DIGEST,
                    MATCH_ESCALATED,
                    CHANNEL_TEST,
                    CHANNEL_CONFIRMATION,
                    LOG_INCIDENT,
                    LOG_RECOVERED);
}
