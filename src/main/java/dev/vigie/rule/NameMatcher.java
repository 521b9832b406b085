package dev.vigie.rule;

import dev.vigie.dns.OddName;
import dev.vigie.x509.NameSink;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Takes the names of one certificate after the other and remembers which rules they meet. Creates
 * no object for a name that meets none. Belongs to one thread.
 *
 * <p>If the certificate could serve a watched name, the rule fires.
 */
public final class NameMatcher implements NameSink {

    /** Longer names are looked at in part. */
    static final int LONGEST = 512;

    private static final byte ODD = 0;
    private static final int ODD_NAME_EFFORT = 40;
    private static final int LONGEST_ODD_NAME = 8192;
    private static final byte[] CANONICAL = canonicalBytes();

    private final RuleSet rules;
    private final Effort effort = new Effort();
    private final HitList hits = new HitList();
    private final TreeSearch trees;
    private final PatternSearch patterns;
    private final byte[] name = new byte[LONGEST];

    public NameMatcher(RuleSet rules) {
        this.rules = rules;
        this.trees = new TreeSearch(rules, hits, effort);
        this.patterns = new PatternSearch(rules, hits, effort);
    }

    /** The rules that are asked. */
    public RuleSet rules() {
        return rules;
    }

    /**
     * From now on names are guesses out of bytes that could not be read, and are reported as such.
     */
    public void guessing(boolean on) {
        hits.certain(!on);
    }

    /** The names that come now are those of another certificate; forgets all of the one before. */
    public void begin() {
        effort.begin();
        hits.begin();
    }

    /**
     * Whether a certificate has so many names that are hard to read, or that can be so many others,
     * that not all of them were held against all rules. No honest one comes near.
     */
    public boolean gaveUp() {
        return effort.isSpent();
    }

    /** Whether any name since the last {@link #takeHits} met a rule. */
    public boolean hasHits() {
        return !hits.isEmpty();
    }

    /** The hits since the last call. */
    public List<Hit> takeHits() {
        List<Hit> taken = hits.take(rules::ruleId);
        begin();
        return taken;
    }

    @Override
    public void dnsName(byte[] buffer, int offset, int length) {
        hits.name(buffer, offset, length);
        int start = offset;
        int end = offset + length;
        while (end > start && buffer[end - 1] == '.') {
            end--;
        }
        while (start < end && buffer[start] == '.') {
            start++;
        }
        if (end - start > LONGEST) {
            // no name is as long, and what matters may be at either end
            oddName(buffer, offset, length);
            return;
        }
        boolean wildcard = false;
        for (int i = start; i < end; i++) {
            byte c = CANONICAL[buffer[i] & 0xff];
            if (c == ODD) {
                oddName(buffer, offset, length);
                return;
            }
            wildcard |= c == '*';
            name[i - start] = c;
        }
        match(end - start, wildcard, false);
        if (end > start && buffer[end - 1] >= '0' && buffer[end - 1] <= '9') {
            patterns.addressText(buffer, start, end - start);
        }
    }

    @Override
    public void commonName(byte[] buffer, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            // a full stop of another script always has a byte above 0x7f
            if (buffer[i] == '.' || buffer[i] == ':' || buffer[i] < 0 || buffer[i] == '*') {
                dnsName(buffer, offset, length);
                return;
            }
        }
    }

    @Override
    public void ipAddress(byte[] buffer, int offset, int length) {
        patterns.address(buffer, offset, length);
    }

    private void oddName(byte[] buffer, int offset, int length) {
        patterns.addressText(buffer, offset, length);
        if (effort.spend(ODD_NAME_EFFORT + Math.min(length, LONGEST_ODD_NAME))) {
            return;
        }
        for (String reading : OddName.readings(buffer, offset, length)) {
            byte[] bytes = reading.getBytes(StandardCharsets.US_ASCII);
            int used = Math.min(bytes.length, LONGEST);
            System.arraycopy(bytes, bytes.length - used, name, 0, used);
            match(
                    used,
                    reading.contains("*") || reading.contains(OddName.UNREADABLE_LABEL),
                    bytes.length > LONGEST);
        }
    }

    private void match(int length, boolean wildcard, boolean cut) {
        trees.search(name, length, wildcard, cut);
        patterns.search(name, length);
    }

    private static byte[] canonicalBytes() {
        byte[] canonical = new byte[256];
        for (int c = 'a'; c <= 'z'; c++) {
            canonical[c] = (byte) c;
            canonical[c - 'a' + 'A'] = (byte) c;
        }
        for (int c = '0'; c <= '9'; c++) {
            canonical[c] = (byte) c;
        }
        for (char c : new char[] {'-', '_', '.', '*'}) {
            canonical[c] = (byte) c;
        }
        return canonical;
    }
}
