package dev.vigie.recent;

import dev.vigie.rule.Hit;
import dev.vigie.rule.NameMatcher;
import dev.vigie.rule.RuleSet;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Tries one rule on the sample. */
final class Forecaster {

    private static final int MOST_EXAMPLES = 20;

    /** Certificates from one look at the clock to the next. */
    private static final int STRIDE = 16;

    /** What is seen in less says nothing about a day. */
    private static final Duration LEAST = Duration.ofMinutes(1);

    private final List<CertificateSample.Slice> slices;
    private final LongSupplier nanos;
    private final long start;
    private final long patience;
    private final SampleSpan span;
    private final List<Forecast.Example> examples = new ArrayList<>();
    private int tried;
    private int hits;
    private double triedWeight;
    private double hitWeight;

    /**
     * @param slices the newest first
     * @param patience when it is over, what was found until then is what there is
     */
    Forecaster(List<CertificateSample.Slice> slices, Duration patience, LongSupplier nanos) {
        this.slices = slices;
        this.nanos = nanos;
        this.start = nanos.getAsLong();
        this.patience = patience.toNanos();
        this.span = SampleSpan.of(slices);
    }

    Forecast of(RuleSet rule) {
        var matcher = new NameMatcher(rule);
        for (CertificateSample.Slice slice : slices) {
            if (!tryOn(slice, matcher)) {
                break;
            }
        }
        Double seenPerDay = seenPerDay();
        return new Forecast(
                span.certificates(),
                tried,
                span.certificates() == 0 ? null : Instant.ofEpochMilli(span.since()),
                span.certificates() == 0 ? null : Instant.ofEpochMilli(span.until()),
                rounded(seenPerDay),
                hits,
                rounded(perDay(seenPerDay, hitWeight)),
                rounded(perDay(seenPerDay, highWeight())),
                examples);
    }

    /** False if the time is over. */
    private boolean tryOn(CertificateSample.Slice slice, NameMatcher matcher) {
        Segment segment = slice.segment();
        double weight = SampleSpan.weight(segment);
        for (int at = 0; at < slice.end(); at = segment.next(at)) {
            if (tried % STRIDE == STRIDE - 1 && nanos.getAsLong() - start > patience) {
                return false;
            }
            tried++;
            boolean counts = span.contains(segment.time(at));
            triedWeight += counts ? weight : 0;
            matcher.begin();
            segment.names(at, matcher);
            if (matcher.hasHits()) {
                hits++;
                hitWeight += counts ? weight : 0;
                note(matcher.takeHits().getFirst());
            }
        }
        return true;
    }

    private void note(Hit hit) {
        if (examples.size() < MOST_EXAMPLES) {
            examples.add(new Forecast.Example(hit.names(), hit.reasons()));
        }
    }

    private @Nullable Double seenPerDay() {
        return span.millis() < LEAST.toMillis()
                ? null
                : span.weight() * Duration.ofDays(1).toMillis() / span.millis();
    }

    /** In what was not tried there are taken to be as many. */
    private @Nullable Double perDay(@Nullable Double seenPerDay, double weight) {
        return seenPerDay == null || triedWeight == 0 ? null : seenPerDay * weight / triedWeight;
    }

    /** The weight of the hits, were there as many as chance may have hidden. */
    private double highWeight() {
        return hitWeight + (Poisson.atMost(hits) - hits) * triedWeight / Math.max(1, tried);
    }

    private static @Nullable Double rounded(@Nullable Double number) {
        return number == null ? null : Math.round(number * 10) / 10.0;
    }
}
