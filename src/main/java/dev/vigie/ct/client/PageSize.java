package dev.vigie.ct.client;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How many entries a log is asked for at once: as many as it gives, as far as it has shown. Safe
 * for use by many threads.
 */
final class PageSize {

    /** What is asked for until the log has shown how much it gives. */
    private static final int FIRST = 1000;

    /** Shorter answers are accidents. */
    private static final int SMALLEST = 16;

    private static final int PAGES_BEFORE_MORE = 100;

    private static final int FAILURES_KNOWN = 16;
    private static final long NONE = -1;

    /**
     * @param most what it is asked for next
     * @param wholePage whether the first question was cut by the page, not by the tree's end
     */
    private record Failure(int most, boolean wholePage) {}

    /** By the start of their range. */
    private final Map<Long, Failure> failures =
            new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<Long, Failure> eldest) {
                    return size() > FAILURES_KNOWN;
                }
            };

    private int largest = FIRST;
    private int size = FIRST;
    private int wholePages;
    private long trial = NONE;

    /**
     * Sets what is never exceeded.
     *
     * @param entries 0 for what the log shows to be right
     */
    synchronized void limit(int entries) {
        if (entries < 0) {
            throw new IllegalArgumentException("not a size of a page: " + entries);
        }
        largest = entries == 0 ? FIRST : entries;
        size = entries == 0 ? Math.min(size, FIRST) : entries;
    }

    /** Where to stop asking, exclusive: where the page ends that holds the entry, or before. */
    synchronized long endAfter(long start) {
        Failure failure = failures.get(start);
        int page = failure == null && isTrial(start) ? larger() : size;
        int most = failure == null ? page : Math.min(page, failure.most());
        long end = Math.min((start / page + 1) * page, start + most);
        return end < start ? Long.MAX_VALUE : end;
    }

    private int larger() {
        return (int) Math.min(2L * size, largest);
    }

    /** After a while, a single question is larger; those beside it do not rest on its answer. */
    private boolean isTrial(long start) {
        if (trial == NONE && wholePages >= PAGES_BEFORE_MORE && start % larger() == 0) {
            trial = start;
        }
        return trial == start;
    }

    /**
     * A short answer to an aligned question shows how large the log's pages are. It may have been
     * an accident, so after a while more is asked for again.
     */
    synchronized void learn(long start, int asked, int given) {
        failures.remove(start);
        boolean isShort = given < asked && given >= SMALLEST && start % given == 0;
        if (isShort || given == asked && asked > size && asked <= largest) {
            change(given);
        } else if (asked == size && size < largest) {
            wholePages++;
        }
        endTrial(start);
    }

    private void change(int newSize) {
        size = newSize;
        wholePages = 0;
    }

    private void endTrial(long start) {
        if (trial == start) {
            trial = NONE;
            wholePages = 0;
        }
    }

    /**
     * Some logs refuse a range for ever, or break off, where its entries are large: from the second
     * failure in a row on, half as much is asked for. Of a few entries at the tree's end that is
     * not remembered; there, logs whose replicas lag behind refuse for a while.
     */
    synchronized void failed(long start, int asked) {
        endTrial(start);
        Failure before = failures.get(start);
        if (before == null) {
            boolean wholePage = start + asked == endAfter(start);
            failures.put(start, new Failure(asked, wholePage));
            return;
        }
        int half = Math.max(1, asked / 2);
        failures.put(start, new Failure(half, before.wholePage()));
        if (before.wholePage() || half >= SMALLEST) {
            change(Math.min(size, half));
        }
    }
}
