package dev.vigie.ct.loglist;

import dev.vigie.ct.LogId;
import dev.vigie.ct.LogKey;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * A log as a list describes it. Only {@code key} says which log it is; all else may change from
 * list to list.
 *
 * @param url where it is read, with a slash at its end; of a static log the monitoring prefix
 * @param submissionUrl where certificates are submitted; the same for RFC 6962
 * @param type such as {@code test} or {@code monitoring_only}; empty for the logs of browsers
 * @param maximumMergeDelay how old a tree head may become
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
        Duration maximumMergeDelay) {

    public LogId id() {
        return key.id();
    }
}
