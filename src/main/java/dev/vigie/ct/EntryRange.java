package dev.vigie.ct;

/** A half-open range of leaf indexes, {@code [start, end)}, within one log. */
public record EntryRange(long start, long end) {

    public EntryRange {
        if (start < 0 || end < start) {
            throw new IllegalArgumentException(
                    "not a range of leaf indexes: [%d, %d)".formatted(start, end));
        }
    }

    /** How many entries are in it. */
    public long size() {
        return end - start;
    }

    @Override
    public String toString() {
        return "[" + start + ", " + end + ")";
    }
}
