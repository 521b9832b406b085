package dev.vigie.simulator;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Writes DER. */
final class Der {

    private Der() {}

    /** An element with this tag around the given contents. */
    static byte[] tlv(int tag, byte[]... contents) {
        int length = 0;
        for (byte[] content : contents) {
            length += content.length;
        }
        var out = new ByteArrayOutputStream(length + 6);
        out.write(tag);
        if (length >= 1 << 16) {
            out.write(0x83);
            out.write(length >> 16);
            out.write(length >> 8);
        } else if (length >= 1 << 8) {
            out.write(0x82);
            out.write(length >> 8);
        } else if (length >= 1 << 7) {
            out.write(0x81);
        }
        out.write(length);
        for (byte[] content : contents) {
            out.writeBytes(content);
        }
        return out.toByteArray();
    }

    static byte[] sequence(byte[]... contents) {
        return tlv(0x30, contents);
    }

    static byte[] utf8(String text) {
        return tlv(0x0c, text.getBytes(StandardCharsets.UTF_8));
    }

    /** From the content of an object identifier in hex. */
    static byte[] oid(String hex) {
        return tlv(0x06, HexFormat.of().parseHex(hex));
    }

    /** An X.501 name with one attribute. */
    static byte[] name(String oidHex, String value) {
        return sequence(tlv(0x31, sequence(oid(oidHex), utf8(value))));
    }

    /** An extension that is not critical. */
    static byte[] extension(String oidHex, byte[] value) {
        return sequence(oid(oidHex), tlv(0x04, value));
    }
}
