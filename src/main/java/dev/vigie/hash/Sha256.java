package dev.vigie.hash;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Objects;

/** A SHA-256 value, 32 bytes, immutable. Its text form is lower-case hex. */
public final class Sha256 implements Comparable<Sha256> {

    /** Length in bytes. */
    public static final int LENGTH = 32;

    private static final int BASE64_LENGTH = 44;

    private final byte[] bytes;

    private Sha256(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * Wraps 32 bytes that were computed elsewhere.
     *
     * @throws IllegalArgumentException if there are not exactly 32
     */
    public static Sha256 of(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("not a SHA-256 value: " + bytes.length + " bytes");
        }
        return new Sha256(bytes.clone());
    }

    /**
     * Wraps the 32 bytes at the offset.
     *
     * @throws IndexOutOfBoundsException if there are fewer
     */
    public static Sha256 at(byte[] source, int offset) {
        Objects.checkFromIndexSize(offset, LENGTH, source.length);
        return new Sha256(Arrays.copyOfRange(source, offset, offset + LENGTH));
    }

    /**
     * Reads 64 hex digits of either case.
     *
     * @throws IllegalArgumentException for anything else
     */
    public static Sha256 parseHex(String hex) {
        return of(HexFormat.of().parseHex(hex));
    }

    /**
     * Reads standard base64 with padding.
     *
     * @throws IllegalArgumentException if it is not base64 or not 32 bytes long
     */
    public static Sha256 parseBase64(String base64) {
        if (base64.length() != BASE64_LENGTH) {
            throw new IllegalArgumentException("not a SHA-256 value in base64");
        }
        return of(Base64.getDecoder().decode(base64));
    }

    /** Hashes all of the data. */
    public static Sha256 hash(byte[] data) {
        return hash(data, 0, data.length);
    }

    /** Hashes a part of the data. */
    public static Sha256 hash(byte[] data, int offset, int length) {
        MessageDigest digest = digest();
        digest.update(data, offset, length);
        return new Sha256(digest.digest());
    }

    /** A new digest; every Java platform has this one. */
    public static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A copy of the 32 bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** Standard base64 with padding, as the log lists write it. */
    public String base64() {
        return Base64.getEncoder().encodeToString(bytes);
    }

    @Override
    public int compareTo(Sha256 other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Sha256 that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes);
    }
}
