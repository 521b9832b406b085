package dev.vigie.lookback;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigie.ct.EntryRange;
import dev.vigie.logs.RuleSetSpan;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SearchedRangesTest {

    @Test
    void theStartIsBehindTheLastEntriesThatWereMatchedWithoutTheRule() {
        List<RuleSetSpan> spans = spans(0, 4, 10, 6, 20, 5, 30, 6, 40, 9);

        assertThat(SearchedRanges.startOfTail(spans, 4)).isEqualTo(OptionalLong.of(0));
        assertThat(SearchedRanges.startOfTail(spans, 6)).isEqualTo(OptionalLong.of(30));
        assertThat(SearchedRanges.startOfTail(spans, 9)).isEqualTo(OptionalLong.of(40));
        assertThat(SearchedRanges.startOfTail(spans, 10)).isEmpty();
        assertThat(SearchedRanges.ofTail(spans, 50, 6).all())
                .containsExactly(new EntryRange(10, 20), new EntryRange(30, 50));
    }

    @Test
    void aLogThatStandsWhereARuleBeganHasNothingSearched() {
        assertThat(SearchedRanges.ofTail(spans(100, 7), 100, 7).all()).isEmpty();
        assertThat(SearchedRanges.startOfTail(spans(100, 7), 7)).isEqualTo(OptionalLong.of(100));
    }

    @Test
    void whateverIsAddedAndRemovedIsWhatASetOfEntriesSays() {
        var random = new Random(20261123);
        for (int round = 0; round < 200; round++) {
            var ranges = new SearchedRanges();
            var entries = new BitSet();
            for (int step = 0; step < 30; step++) {
                int start = random.nextInt(100);
                int end = start + 1 + random.nextInt(20);
                if (random.nextInt(3) > 0) {
                    ranges.add(new EntryRange(start, end));
                    entries.set(start, end);
                } else {
                    ranges.remove(new EntryRange(start, end));
                    entries.clear(start, end);
                }
                assertThat(ranges.all()).isEqualTo(rangesOf(entries));
            }
        }
    }

    private static List<EntryRange> rangesOf(BitSet entries) {
        List<EntryRange> ranges = new ArrayList<>();
        for (int start = entries.nextSetBit(0); start >= 0; ) {
            int end = entries.nextClearBit(start);
            ranges.add(new EntryRange(start, end));
            start = entries.nextSetBit(end);
        }
        return ranges;
    }

    private static List<RuleSetSpan> spans(long... startsAndVersions) {
        List<RuleSetSpan> spans = new ArrayList<>();
        for (int i = 0; i < startsAndVersions.length; i += 2) {
            var span = new RuleSetSpan();
            span.logId = "log";
            span.startIndex = startsAndVersions[i];
            span.version = startsAndVersions[i + 1];
            spans.add(span);
        }
        return spans;
    }
}
