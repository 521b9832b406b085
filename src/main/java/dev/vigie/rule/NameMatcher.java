package dev.vigie.rule;

import dev.vigie.dns.InertName;
import dev.vigie.dns.OddName;
import dev.vigie.x509.NameSink;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Takes the names of one certificate after the other and remembers which rules they meet. Creates
 * no object for a name that meets none. Belongs to one thread.
 *
 * <p>If the certificate could serve a watched name, the rule fires: a wildcard label, wherever it
 * stands, and a label that cannot be read may be any label.
 */
public final class NameMatcher implements NameSink {

    private static final int LONGEST = 512;
    private static final byte ODD = 0;

    /** In children of a node looked at; a third of a second or so in all. */
    private static final int MOST_EFFORT = 1_000_000;

    private static final int ODD_NAME_EFFORT = 40;
    private static final int LONGEST_ODD_NAME = 8192;
    private static final byte[] CANONICAL = canonicalBytes();

    private final RuleSet rules;
    private final byte[] name = new byte[LONGEST];
    private final Map<Integer, HitCollector> hits = new LinkedHashMap<>();
    private byte[] raw = new byte[0];
    private int rawOffset;
    private int rawLength;
    private boolean cut;
    private boolean certain = true;
    private int effort;

    public NameMatcher(RuleSet rules) {
        this.rules = rules;
    }

    /** The rules that are asked. */
    public RuleSet rules() {
        return rules;
    }

    /**
     * From now on names are guesses out of bytes that could not be read, and are reported as such.
     */
    public void guessing(boolean on) {
        certain = !on;
    }

    /** The names that come now are those of another certificate; forgets all of the one before. */
    public void begin() {
        effort = 0;
        certain = true;
        hits.clear();
    }

    /**
     * Whether a certificate has so many names that are hard to read, or that can be so many others,
     * that not all of them were held against all rules. No honest one comes near.
     */
    public boolean gaveUp() {
        return effort > MOST_EFFORT;
    }

    private boolean isTooMuch(int more) {
        // stays above the limit once it is there, and cannot overflow
        effort = Math.min(effort, MOST_EFFORT) + more;
        return gaveUp();
    }

    /** Whether any name since the last {@link #takeHits} met a rule. */
    public boolean hasHits() {
        return !hits.isEmpty();
    }

    /** The hits since the last call. */
    public List<Hit> takeHits() {
        List<Hit> taken = new ArrayList<>(hits.size());
        hits.forEach((rule, collector) -> taken.add(collector.hit(rules.ruleId(rule))));
        begin();
        return taken;
    }

    @Override
    public void dnsName(byte[] buffer, int offset, int length) {
        raw = buffer;
        rawOffset = offset;
        rawLength = length;
        int start = offset;
        int end = offset + length;
        while (end > start && buffer[end - 1] == '.') {
            end--;
        }
        while (start < end && buffer[start] == '.') {
            start++;
        }
        cut = false;
        if (end - start > LONGEST) {
            // no name is as long, and what matters may be at either end
            oddName();
            return;
        }
        boolean wildcard = false;
        for (int i = start; i < end; i++) {
            byte c = CANONICAL[buffer[i] & 0xff];
            if (c == ODD) {
                oddName();
                return;
            }
            wildcard |= c == '*';
            name[i - start] = c;
        }
        match(end - start, wildcard);
    }

    @Override
    public void commonName(byte[] buffer, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            // a full stop of another script always has a byte above 0x7f
            if (buffer[i] == '.' || buffer[i] < 0 || buffer[i] == '*') {
                dnsName(buffer, offset, length);
                return;
            }
        }
    }

    @Override
    public void ipAddress(byte[] buffer, int offset, int length) {}

    private void oddName() {
        if (isTooMuch(ODD_NAME_EFFORT + Math.min(rawLength, LONGEST_ODD_NAME))) {
            return;
        }
        for (String reading : OddName.readings(raw, rawOffset, rawLength)) {
            byte[] bytes = reading.getBytes(StandardCharsets.US_ASCII);
            int length = Math.min(bytes.length, LONGEST);
            cut = bytes.length > LONGEST;
            System.arraycopy(bytes, bytes.length - length, name, 0, length);
            match(length, reading.contains("*") || reading.contains(OddName.UNREADABLE_LABEL));
        }
    }

    private void match(int length, boolean wildcard) {
        if (!wildcard) {
            walk(length);
        } else if (length == 1 && name[0] == '*') {
            for (int node = 1; node < rules.nodes() && !isTooMuch(1); node++) {
                fire(node, true, true);
            }
        } else {
            walkWildcard(RuleSet.ROOT, length, false);
        }
    }

    private void walk(int length) {
        int node = RuleSet.ROOT;
        for (int end = length; end >= 0; ) {
            int start = labelStart(end);
            node = rules.child(node, name, start, end - start);
            if (node == RuleSet.NONE) {
                return;
            }
            fire(node, start == 0 && !cut, false);
            end = start - 1;
        }
    }

    private void walkWildcard(int node, int end, boolean widened) {
        int start = labelStart(end);
        if (!isPattern(start, end)) {
            int child = rules.child(node, name, start, end - start);
            if (child != RuleSet.NONE) {
                descend(child, start, widened);
            }
            return;
        }
        for (int child = rules.firstChild(node);
                child != RuleSet.NONE && !isTooMuch(1);
                child = rules.nextSibling(child)) {
            if (LabelPattern.matches(name, start, end, rules.label(child))) {
                descend(child, start, true);
            }
        }
    }

    private void descend(int node, int start, boolean widened) {
        fire(node, start == 0 && !cut, widened);
        if (start > 0) {
            walkWildcard(node, start - 1, widened);
        }
    }

    private int labelStart(int end) {
        int start = end;
        while (start > 0 && name[start - 1] != '.') {
            start--;
        }
        return start;
    }

    private boolean isPattern(int start, int end) {
        for (int i = start; i < end; i++) {
            if (name[i] == '*' || name[i] == '?') {
                return true;
            }
        }
        return false;
    }

    /**
     * Notes the rules at a node.
     *
     * @param whole whether the certificate's name ends here, or goes on below the node
     * @param widened whether a wildcard led here
     */
    private void fire(int node, boolean whole, boolean widened) {
        for (int rule = rules.firstRule(node); rule != RuleSet.NONE; rule = rules.nextRule(rule)) {
            // one guess is enough
            boolean known = !certain && hits.containsKey(rule);
            if (!known && (whole || rules.kind(rule) == RuleKind.DOMAIN)) {
                String shown = InertName.of(raw, rawOffset, rawLength).text();
                hits.computeIfAbsent(rule, r -> new HitCollector())
                        .add(shown, reason(shown, rules.name(node), whole, widened));
            }
        }
    }

    private String reason(String shown, String watched, boolean whole, boolean widened) {
        if (!certain) {
            return "possible name in a certificate that cannot be read: " + shown;
        }
        if (widened) {
            return shown + " can stand for " + watched + (whole ? "" : " or a name below it");
        }
        if (!whole) {
            return shown + " is below " + watched;
        }
        return shown.equals(watched)
                ? "the certificate names " + watched
                : shown + " can be read as " + watched;
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
