package dev.vigie.recent;

import dev.vigie.rule.RuleSet;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;

/** The certificates that were seen lately: a sample of those of the last day, in memory. */
@ApplicationScoped
public class RecentCertificates {

    /** So long a rule is tried at most. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final CertificateSample sample;
    private final InstantSource clock;

    RecentCertificates(RecentConfig config, MeterRegistry metrics, InstantSource clock) {
        this.clock = clock;
        sample = new CertificateSample(config.size().asLongValue(), new SecureRandom().nextLong());
        Gauge.builder("vigie.recent.certificates", sample, CertificateSample::size)
                .description("Certificates in the sample on which rules are tried")
                .register(metrics);
        Gauge.builder("vigie.recent.bytes", sample, CertificateSample::bytes)
                .description("Memory of the sample on which rules are tried")
                .register(metrics);
    }

    /** For a thread that reads entries. */
    public SampleTap newTap() {
        return new SampleTap(sample, clock);
    }

    /**
     * What a rule would have found. Takes about a second at most and keeps nobody waiting.
     *
     * @param rule alone in its set
     */
    public Forecast forecast(RuleSet rule) {
        return new Forecaster(sample.slices(), PATIENCE, System::nanoTime).of(rule);
    }
}
