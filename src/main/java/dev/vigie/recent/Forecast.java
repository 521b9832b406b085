package dev.vigie.recent;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a rule would have found among the certificates that were seen lately.
 *
 * @param sampledCertificates how many there are to try a rule on; each stands for several
 * @param triedCertificates on how many of them it was tried before the time was over, the newest
 *     first
 * @param since from when the most of them are; null if there are none
 * @param until up to when
 * @param seenPerDay how many certificates a day that makes, all copies of one counted once; null if
 *     too short a time was seen to tell
 * @param hits how many of those that were tried meet the rule
 * @param perDay how many a day that makes
 * @param perDayAtMost it is not more than this, in 19 of 20 cases
 * @param examples the newest of the hits
 */
public record Forecast(
        int sampledCertificates,
        int triedCertificates,
        @Nullable Instant since,
        @Nullable Instant until,
        @Nullable Double seenPerDay,
        int hits,
        @Nullable Double perDay,
        @Nullable Double perDayAtMost,
        List<Example> examples) {

    /**
     * A certificate that meets the rule.
     *
     * @param names the first of those that meet it, in inert form
     */
    public record Example(List<String> names, List<String> reasons) {}
}
