package dev.vigie.ct.loglist;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A log list.
 *
 * @param published when the list says that it was made; Apple's does not say
 * @param problems one sentence for each log that had to be left out
 */
public record LogList(
        String version, Optional<Instant> published, List<KnownLog> logs, List<String> problems) {}
