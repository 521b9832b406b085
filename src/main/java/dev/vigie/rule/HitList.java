package dev.vigie.rule;

import dev.vigie.dns.InertName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Which rules the names of one certificate meet. Makes nothing of a name that meets none. */
final class HitList {

    private final Map<Integer, HitCollector> hits = new LinkedHashMap<>();
    private final SeenNames seen = new SeenNames();
    private byte[] raw = {};
    private int offset;
    private int length;
    private int names;
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
     * @param reason a sentence, given the name in inert form
     * @return whether it is the first that does
     */
    boolean add(int rule, UnaryOperator<String> reason) {
        HitCollector hit = hits.get(rule);
        boolean first = hit == null;
        boolean again = isRepeated();
        if (hit == null) {
            hit = new HitCollector();
            hits.put(rule, hit);
        } else if (!certain || again) {
            return false; // one guess is enough
        }
        if (hit.count(names) && hit.wantsNames()) {
            String text = shown();
            hit.name(text);
            if (hit.wantsReasons()) {
                hit.reason(
                        certain
                                ? reason.apply(text)
                                : "possible name in a certificate that cannot be read: " + text);
            }
        }
        return first;
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

    private String shown() {
        if (shown == null) {
            shown = InertName.of(raw, offset, length).text();
        }
        return shown;
    }
}
