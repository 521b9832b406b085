package dev.vigie.rule;

import dev.vigie.dns.InertName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Which rules the names of one certificate meet. Makes nothing of a name that meets none. */
final class HitList {

    private final Map<Integer, HitCollector> hits = new LinkedHashMap<>();
    private final SeenNames seen = new SeenNames();
    private byte[] raw = {};
    private int offset;
    private int length;
    private int names;
    private HitCollector met = new HitCollector();
    private boolean isFirst;
    private boolean certain = true;
    private @Nullable String shown;
    private @Nullable Boolean repeated;

    /** The names that come now are those of another certificate. */
    void begin() {
        certain = true;
        if (!hits.isEmpty()) {
            hits.clear();
            seen.clear();
        }
    }

    void certain(boolean on) {
        certain = on;
    }

    boolean isEmpty() {
        return hits.isEmpty();
    }

    /** What comes now is of this name, as it stands in the certificate. */
    void name(byte[] buffer, int nameOffset, int nameLength) {
        raw = buffer;
        offset = nameOffset;
        length = nameLength;
        names++;
        shown = null;
        repeated = null;
    }

    /** People know the name in this form, rather than as it stands in the certificate. */
    void shownAs(String form) {
        shown = form;
    }

    /**
     * The name meets a rule.
     *
     * @return whether it is wanted why, see {@link #because}
     */
    boolean meet(int rule) {
        HitCollector hit = hits.get(rule);
        isFirst = hit == null;
        boolean again = isRepeated();
        if (hit == null) {
            hit = new HitCollector();
            hits.put(rule, hit);
        } else if (!certain || again) {
            return false; // one guess is enough
        }
        if (!hit.count(names) || !hit.wantsNames()) {
            return false;
        }
        hit.name(shown());
        met = hit;
        if (hit.wantsReasons() && !certain) {
            hit.reason("possible name in a certificate that cannot be read: " + shown());
        }
        return hit.wantsReasons() && certain;
    }

    /** Whether the rule that was met last was not met before. */
    boolean isFirst() {
        return isFirst;
    }

    /** Why the rule was met, as a sentence. */
    void because(String reason) {
        met.reason(reason);
    }

    /** All of them; then there are none. */
    List<Hit> take(IntFunction<UUID> ids) {
        List<Hit> taken = new ArrayList<>(hits.size());
        hits.forEach((rule, collector) -> taken.add(collector.hit(ids.apply(rule))));
        begin();
        return taken;
    }

    /** Whether the name stood in the certificate before; noted when a rule meets it. */
    private boolean isRepeated() {
        if (repeated == null) {
            repeated = !seen.add(raw, offset, length);
        }
        return repeated;
    }

    /** The name in inert form. */
    String shown() {
        if (shown == null) {
            shown = InertName.of(raw, offset, length).text();
        }
        return shown;
    }
}
