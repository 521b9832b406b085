package dev.vigie.testing;

import dev.vigie.rule.Hit;
import dev.vigie.rule.NameMatcher;
import dev.vigie.rule.RuleKind;
import dev.vigie.rule.RuleSet;
import dev.vigie.rule.WatchRule;
import dev.vigie.x509.CertificateScanner;
import dev.vigie.x509.RawNameSearch;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

/** Watches names the way the service does: walker, matcher, and a raw search as last resort. */
public final class Watch {

    private final CertificateScanner scanner = new CertificateScanner();
    private final NameMatcher matcher;

    public Watch(RuleSet rules) {
        matcher = new NameMatcher(rules);
    }

    public static Watch domain(String name) {
        return of(RuleKind.DOMAIN, name);
    }

    public static Watch exact(String name) {
        return of(RuleKind.EXACT, name);
    }

    private static Watch of(RuleKind kind, String name) {
        return new Watch(
                new RuleSet.Builder().add(WatchRule.parse(new UUID(0, 1), kind, name)).build(1));
    }

    /** What a certificate meets. */
    public List<Hit> hits(byte[] certificate) {
        return hits(certificate, 0, certificate.length);
    }

    /** What a certificate meets that lies somewhere in a buffer. */
    public List<Hit> hits(byte[] buffer, int offset, int length) {
        if (scanner.scanCertificate(buffer, offset, length, matcher) != null) {
            matcher.guessing(true);
            RawNameSearch.search(buffer, offset, length, matcher);
            matcher.guessing(false);
        }
        return matcher.takeHits();
    }

    /** What a dNSName meets, written one byte a character. */
    public List<Hit> hitsOfDns(String latin1) {
        byte[] bytes = latin1.getBytes(StandardCharsets.ISO_8859_1);
        matcher.dnsName(bytes, 0, bytes.length);
        return matcher.takeHits();
    }
}
