package dev.vigie.recent;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.vigie.simulator.CertificateMaker;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What does not belong to the sample costs no memory, whatever its kind. */
class SampleTapTest {

    private static final int CERTIFICATES = 2_000;

    @Test
    void lookingAtAnEntryCreatesNoObjects() {
        // so many that one of some thousand belongs to it
        var feed = new SampleFeed(1 << 20).add(50_000_000, Duration.ofHours(1), 1 << 30);
        var tap = new SampleTap(feed.sample, InstantSource.fixed(SampleFeed.START));
        var maker = new CertificateMaker(1);
        List<CertificateMaker.Issuance> issuances = new ArrayList<>();
        for (int i = 0; i < CERTIFICATES; i++) {
            issuances.add(maker.issue(List.of("a.example"), Instant.EPOCH));
        }
        see(tap, issuances);

        var thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = thread.getCurrentThreadAllocatedBytes();
        see(tap, issuances);
        long allocated = thread.getCurrentThreadAllocatedBytes() - before;

        assertThat(allocated)
                .as("bytes for %d entries, a few of which were wanted", 2 * CERTIFICATES)
                .isLessThan(40_000);
    }

    private static void see(SampleTap tap, List<CertificateMaker.Issuance> issuances) {
        for (int i = 0; i < issuances.size(); i++) {
            byte[] certificate = issuances.get(i).certificate();
            byte[] tbs = issuances.get(i).tbs();
            tap.see(certificate, 0, certificate.length, false, 0);
            tap.see(tbs, 0, tbs.length, true, 0);
        }
    }
}
