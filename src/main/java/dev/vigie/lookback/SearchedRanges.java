package dev.vigie.lookback;

import dev.vigie.ct.EntryRange;
import dev.vigie.logs.RuleSetSpan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Which entries of one log were searched. Mutable; belongs to one thread. */
final class SearchedRanges {

    private final TreeMap<Long, Long> ends = new TreeMap<>();

    /**
     * What the tail has searched.
     *
     * @param spans of the log, in order
     * @param position where the last of them ends
     * @param since the version in which the rule began
     */
    static SearchedRanges ofTail(List<RuleSetSpan> spans, long position, long since) {
        var ranges = new SearchedRanges();
        for (int i = 0; i < spans.size(); i++) {
            long start = spans.get(i).startIndex;
            long end = i + 1 < spans.size() ? spans.get(i + 1).startIndex : position;
            if (spans.get(i).version >= since && start < end) {
                ranges.add(new EntryRange(start, end));
            }
        }
        return ranges;
    }

    /**
     * From where on the tail has searched, and will search, everything.
     *
     * @return empty if it does not yet
     */
    static OptionalLong startOfTail(List<RuleSetSpan> spans, long since) {
        OptionalLong start = OptionalLong.empty();
        for (RuleSetSpan span : spans) {
            if (span.version < since) {
                start = OptionalLong.empty();
            } else if (start.isEmpty()) {
                start = OptionalLong.of(span.startIndex);
            }
        }
        return start;
    }

    /** These were searched, too. */
    void add(EntryRange range) {
        long start = range.start();
        long end = range.end();
        Map.Entry<Long, Long> left = ends.floorEntry(start);
        if (left != null && left.getValue() >= start) {
            start = left.getKey();
            end = Math.max(end, left.getValue());
        }
        Map<Long, Long> within = ends.subMap(start, true, end, true);
        for (long other : within.values()) {
            end = Math.max(end, other);
        }
        within.clear();
        ends.put(start, end);
    }

    /** These were not. */
    void remove(EntryRange range) {
        for (EntryRange searched : all()) {
            if (searched.start() < range.end() && range.start() < searched.end()) {
                ends.remove(searched.start());
                if (searched.start() < range.start()) {
                    ends.put(searched.start(), range.start());
                }
                if (range.end() < searched.end()) {
                    ends.put(range.end(), searched.end());
                }
            }
        }
    }

    /** In the order of the log; none touches another. */
    List<EntryRange> all() {
        List<EntryRange> all = new ArrayList<>();
        ends.forEach((start, end) -> all.add(new EntryRange(start, end)));
        return all;
    }
}
