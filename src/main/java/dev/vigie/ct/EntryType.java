package dev.vigie.ct;

/** What an entry carries (RFC 6962 section 3.1). */
public enum EntryType {
    X509,
    PRECERT
}
