package dev.vigie.match;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/**
 * UUIDs of version 5 (RFC 9562): the same parts give the same id, in every process and after every
 * crash.
 */
public final class NameBasedId {

    private NameBasedId() {}

    /** The id for a thing that is made of a first thing and some bytes. */
    public static UUID of(UUID first, byte[] rest) {
        ByteBuffer hash = ByteBuffer.wrap(sha1().digest(concat(first, rest)));
        long high = hash.getLong() & ~0xf000L | 0x5000L;
        long low = hash.getLong() & 0x3fff_ffff_ffff_ffffL | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }

    /** The id for a thing that is made of two others. */
    public static UUID of(UUID first, UUID second) {
        return of(first, concat(second, new byte[0]));
    }

    private static byte[] concat(UUID id, byte[] rest) {
        return ByteBuffer.allocate(16 + rest.length)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .put(rest)
                .array();
    }

    /** Version 5 is defined with SHA-1; nothing here rests on its strength. */
    private static MessageDigest sha1() {
        try {
            return MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
