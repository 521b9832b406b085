package dev.vigie.simulator;

import java.nio.charset.StandardCharsets;

/**
 * A subject alternative name.
 *
 * @param tag says which kind of name it is
 * @param text one byte a character, so that it can be as odd as it has to be
 */
public record GeneralName(int tag, String text) {

    public static GeneralName dns(String name) {
        return new GeneralName(0x82, name);
    }

    public static GeneralName uri(String uri) {
        return new GeneralName(0x86, uri);
    }

    byte[] der() {
        return Der.tlv(tag, text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
