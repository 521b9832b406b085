package dev.vigie.authorisation;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * A match that an authorisation may cover.
 *
 * @param names the first of the names that were met, in inert form
 * @param nameCount how many there were
 * @param marks of all forms in which the issuance was seen
 */
public record Candidate(
        UUID matchId,
        UUID watchlistId,
        List<String> names,
        int nameCount,
        Instant firstSeen,
        Set<Mark> marks) {}
