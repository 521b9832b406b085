package dev.vigie.x509;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.vigie.rule.NameMatcher;
import dev.vigie.rule.RuleKind;
import dev.vigie.rule.RuleSet;
import dev.vigie.rule.WatchRule;
import dev.vigie.simulator.CertificateMaker;
import dev.vigie.simulator.OrdinaryNames;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What meets no rule costs no memory. */
class HotPathTest {

    private static final int CERTIFICATES = 2_000;

    @Test
    void walkingAndMatchingCreatesNoObjects() {
        var rules = new RuleSet.Builder();
        for (int i = 0; i < 1_000; i++) {
            rules.add(WatchRule.parse(new UUID(0, i), RuleKind.DOMAIN, "d" + i + ".com.test"));
        }
        var matcher = new NameMatcher(rules.build(1));
        var scanner = new CertificateScanner();
        var maker = new CertificateMaker(1);
        var names = new OrdinaryNames(1);
        List<byte[]> certificates = new ArrayList<>();
        for (int i = 0; i < CERTIFICATES; i++) {
            certificates.add(maker.issue(names.next(), Instant.EPOCH).certificate());
        }
        int unread = walk(scanner, matcher, certificates);

        var thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = thread.getCurrentThreadAllocatedBytes();
        unread += walk(scanner, matcher, certificates);
        long allocated = thread.getCurrentThreadAllocatedBytes() - before;

        assertThat(unread).isZero();
        assertThat(matcher.hasHits()).isFalse();
        assertThat(allocated).as("bytes for %d certificates", CERTIFICATES).isLessThan(4_000);
    }

    private static int walk(
            CertificateScanner scanner, NameMatcher matcher, List<byte[]> certificates) {
        int unread = 0;
        for (int i = 0; i < certificates.size(); i++) {
            byte[] der = certificates.get(i);
            unread += scanner.scanCertificate(der, 0, der.length, matcher) == null ? 0 : 1;
        }
        return unread;
    }
}
