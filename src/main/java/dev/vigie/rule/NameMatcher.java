package dev.vigie.rule;

import dev.vigie.dns.InertName;
import dev.vigie.dns.OddName;
import dev.vigie.x509.NameSink;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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

    /** In children of a node looked at; a tenth of a second or so in all. */
    private static final int MOST_EFFORT = 1_000_000;

    private static final int ODD_NAME_EFFORT = 40;

    /** A name that can stand for all others would otherwise make a hit of each rule there is. */
    private static final int WIDE_HIT_EFFORT = 50;

    private static final int LONGEST_ODD_NAME = 8192;
    private static final int NOT_DEAD = -1;
    private static final byte[] CANONICAL = canonicalBytes();

    private final RuleSet rules;
    private final byte[] name = new byte[LONGEST];
    private final Map<Integer, HitCollector> hits = new LinkedHashMap<>();
    private final SeenNames seen = new SeenNames();
    private RuleTree tree;
    private final byte[] deadEnd = new byte[LONGEST];
    private int deadLength;
    private byte[] raw = new byte[0];
    private int rawOffset;
    private int rawLength;
    private boolean cut;
    private boolean certain = true;
    private int effort;
    private int names;
    private @Nullable String shown;
    private @Nullable Boolean repeated;

    public NameMatcher(RuleSet rules) {
        this.rules = rules;
        this.tree = rules.base();
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
        if (!hits.isEmpty()) {
            hits.clear();
            seen.clear();
        }
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
        names++;
        shown = null;
        repeated = null;
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
        if (endsDead(length)) {
            return;
        }
        if (length == 1 && name[0] == '*') {
            meetAll();
            return;
        }
        tree = rules.base();
        int dead = walk(length, wildcard);
        if (rules.added().size() > 0) {
            tree = rules.added();
            dead = Math.min(dead, walk(length, wildcard));
        }
        if (dead != NOT_DEAD) {
            deadLength = length - dead;
            System.arraycopy(name, dead, deadEnd, 0, deadLength);
        }
    }

    /**
     * Whether a name ends like the one before that met nothing, as most names of a certificate do.
     */
    private boolean endsDead(int length) {
        int start = length - deadLength;
        return start >= 0
                && deadLength > 0
                && (start == 0 || name[start - 1] == '.')
                && Arrays.equals(name, start, length, deadEnd, 0, deadLength);
    }

    /** A name of a single unknown label. */
    private void meetAll() {
        for (RuleTree each : List.of(rules.base(), rules.added())) {
            tree = each;
            for (int node = 1; node < tree.nodes() && !isTooMuch(1); node++) {
                fire(node, true, true);
            }
        }
    }

    /** Where the end of the name begins below which there are no rules, or {@link #NOT_DEAD}. */
    private int walk(int length, boolean wildcard) {
        int node = RuleTree.ROOT;
        boolean dead = true;
        for (int end = length; end >= 0; ) {
            int start = labelStart(end);
            if (wildcard && isPattern(start, end)) {
                walkWildcard(node, end, false);
                return NOT_DEAD;
            }
            node = tree.child(node, name, start, end - start);
            if (node == RuleTree.NONE) {
                return dead ? start : NOT_DEAD;
            }
            dead &= tree.firstRule(node) == RuleTree.NONE;
            fire(node, start == 0 && !cut, false);
            end = start - 1;
        }
        return NOT_DEAD;
    }

    private void walkWildcard(int node, int end, boolean widened) {
        int start = labelStart(end);
        if (!isPattern(start, end)) {
            int child = tree.child(node, name, start, end - start);
            if (child != RuleTree.NONE) {
                descend(child, start, widened);
            }
            return;
        }
        for (int child = tree.firstChild(node);
                child != RuleTree.NONE && !isTooMuch(1);
                child = tree.nextSibling(child)) {
            if (tree.matches(name, start, end, child)) {
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
        for (int rule = tree.firstRule(node); rule != RuleTree.NONE; rule = tree.nextRule(rule)) {
            if ((whole || tree.isDomain(rule)) && isInForce(rule)) {
                hit(rule, node, whole, widened);
            }
        }
    }

    private boolean isInForce(int rule) {
        return tree != rules.base() || rules.isInForce(rule);
    }

    private void hit(int rule, int node, boolean whole, boolean widened) {
        int number = tree == rules.base() ? rule : rules.base().size() + rule;
        HitCollector hit = hits.get(number);
        boolean again = isRepeated();
        if (hit == null) {
            hit = new HitCollector();
            hits.put(number, hit);
            if (widened) {
                isTooMuch(WIDE_HIT_EFFORT);
            }
        } else if (!certain || again) {
            return; // one guess is enough
        }
        if (hit.count(names) && hit.wantsNames()) {
            String text = shown();
            hit.name(text);
            if (hit.wantsReasons()) {
                hit.reason(reason(text, tree.name(node), whole, widened));
            }
        }
    }

    /** Whether the name stood in the certificate before; noted when a rule meets it. */
    private boolean isRepeated() {
        if (repeated == null) {
            repeated = !seen.add(raw, rawOffset, rawLength);
        }
        return repeated;
    }

    private String shown() {
        if (shown == null) {
            shown = InertName.of(raw, rawOffset, rawLength).text();
        }
        return shown;
    }

    private String reason(String text, String watched, boolean whole, boolean widened) {
        if (!certain) {
            return "possible name in a certificate that cannot be read: " + text;
        }
        if (widened) {
            return text + " can stand for " + watched + (whole ? "" : " or a name below it");
        }
        if (!whole) {
            return text + " is below " + watched;
        }
        return text.equals(watched)
                ? "the certificate names " + watched
                : text + " can be read as " + watched;
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
