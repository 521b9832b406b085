package dev.vigie.ct;

import dev.vigie.hash.Sha256;

/**
 * What a log is known by, whatever its address is today: the SHA-256 of its public key (RFC 6962
 * section 3.2). Its text form is lower-case hex.
 */
public record LogId(Sha256 hash) implements Comparable<LogId> {

    /**
     * Reads hex, or base64 as the log lists write it.
     *
     * @throws IllegalArgumentException if it is neither
     */
    public static LogId parse(String text) {
        return new LogId(
                text.length() == 2 * Sha256.LENGTH
                        ? Sha256.parseHex(text)
                        : Sha256.parseBase64(text));
    }

    @Override
    public int compareTo(LogId other) {
        return hash.compareTo(other.hash);
    }

    @Override
    public String toString() {
        return hash.toString();
    }
}
