package dev.vigie.access;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.zip.CRC32;

/**
 * What a token looks like: a prefix, 32 random bytes in hex and a CRC-32 over both, so that
 * programs that look for secrets in texts find it, and know it from what only looks like one.
 */
final class TokenText {

    private static final String PREFIX = "vgt_";
    private static final int RANDOM_BYTES = 32;
    private static final int UNCHECKED = PREFIX.length() + 2 * RANDOM_BYTES;
    private static final int LENGTH = UNCHECKED + 8;
    private static final int LONGEST = 512;

    private TokenText() {}

    static String fresh() {
        byte[] random = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(random);
        String token = PREFIX + HexFormat.of().formatHex(random);
        return token + checksum(token);
    }

    /** Whether it can be one at all; those that people have chosen have no form. */
    static boolean canBeToken(String text) {
        if (text.isEmpty() || text.length() > LONGEST) {
            return false;
        }
        boolean isChecked = text.startsWith(PREFIX) && text.length() == LENGTH;
        return !isChecked || text.endsWith(checksum(text.substring(0, UNCHECKED)));
    }

    private static String checksum(String text) {
        var crc = new CRC32();
        crc.update(text.getBytes(StandardCharsets.US_ASCII));
        return HexFormat.of().toHexDigits((int) crc.getValue());
    }
}
