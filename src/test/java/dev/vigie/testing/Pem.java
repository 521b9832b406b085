package dev.vigie.testing;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** PEM texts as people paste them. */
public final class Pem {

    private static final Base64.Encoder LINES =
            Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));

    private Pem() {}

    public static String certificate(byte[] der) {
        return block("CERTIFICATE", der);
    }

    public static String block(String label, byte[] der) {
        return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
                .formatted(label, LINES.encodeToString(der), label);
    }
}
