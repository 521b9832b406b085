package dev.vigie.logs;

/** What is known of entries. */
public enum CoverageState {
    /** Held against the rules, and part of a tree that the log has signed. */
    PROVEN,
    /** Held against the rules; the log has not proven that it contains them. */
    UNPROVEN,
    /** The log did not give them; they are asked for again. */
    MISSING
}
