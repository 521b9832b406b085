package dev.vigie.ct.loglist;

import dev.vigie.ct.LogId;
import dev.vigie.ct.LogKey;
import dev.vigie.ct.TreeHead;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A log as a list describes it. Only {@code key} says which log it is; all else may change from
 * list to list.
 *
 * @param url where it is read, with a slash at its end; of a static log the monitoring prefix
 * @param submissionUrl where certificates are submitted; the same for RFC 6962
 * @param type such as {@code test} or {@code monitoring_only}; empty for the logs of browsers
 * @param maximumMergeDelay how old a tree head may become
 * @param finalTreeHead where a readonly log was frozen; empty for all others
 * @param temporalInterval empty if it takes certificates of any time
 * @param stateSince since when it has been in its state, or will be
 */
public record KnownLog(
        LogKey key,
        String description,
        String operator,
        LogProtocol protocol,
        URI url,
        URI submissionUrl,
        LogState state,
        Optional<String> type,
        Duration maximumMergeDelay,
        Optional<TreeHead> finalTreeHead,
        Optional<TemporalInterval> temporalInterval,
        Optional<Instant> stateSince) {

    /** Chrome lists logs there that do not exist, because some libraries fail without them. */
    private static final String PLACEHOLDER_HOST = "ct.example.com";

    public LogId id() {
        return key.id();
    }

    /** Whether there is no such log; its host is nobody's. */
    public boolean isPlaceholder() {
        return PLACEHOLDER_HOST.equalsIgnoreCase(url.getHost());
    }
}
