package dev.vigie.testing;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Writes DER, and what only looks like it. */
public final class TestDer {

    public static final int INTEGER = 0x02;
    public static final int OCTETS = 0x04;
    public static final int UTF8 = 0x0c;
    public static final int PRINTABLE = 0x13;
    public static final int TELETEX = 0x14;
    public static final int UNIVERSAL = 0x1c;
    public static final int BMP = 0x1e;
    public static final int SEQUENCE = 0x30;
    public static final int SET = 0x31;
    public static final int DNS = 0x82;

    private TestDer() {}

    /** The bytes one after the other. */
    public static byte[] concat(byte[]... parts) {
        var all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    /** An element with the shortest length that fits. */
    public static byte[] tlv(int tag, byte[]... contents) {
        byte[] content = concat(contents);
        int bytes = 0;
        while (bytes < 4 && content.length >>> 8 * bytes != 0) {
            bytes++;
        }
        return content.length < 0x80
                ? concat(new byte[] {(byte) tag, (byte) content.length}, content)
                : tlvWithLengthOf(bytes, tag, content);
    }

    /** An element whose length takes that many bytes, which may be more than needed. */
    public static byte[] tlvWithLengthOf(int bytes, int tag, byte[]... contents) {
        byte[] content = concat(contents);
        byte[] header = new byte[2 + bytes];
        header[0] = (byte) tag;
        header[1] = (byte) (0x80 | bytes);
        long length = content.length;
        for (int i = 0; i < bytes; i++) {
            header[1 + bytes - i] = (byte) length;
            length >>>= 8;
        }
        return concat(header, content);
    }

    /** An element of indefinite length. */
    public static byte[] indefinite(int tag, byte[]... contents) {
        return concat(new byte[] {(byte) tag, (byte) 0x80}, concat(contents), new byte[2]);
    }

    public static byte[] sequence(byte[]... contents) {
        return tlv(SEQUENCE, contents);
    }

    /** From hex digits, blanks between them allowed. */
    public static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits.replace(" ", ""));
    }

    public static byte[] oid(String contentInHex) {
        return tlv(0x06, hex(contentInHex));
    }

    /** One byte a character, so that any bytes can be written as text. */
    public static byte[] latin1(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    public static byte[] text(int tag, String text, Charset charset) {
        return tlv(tag, text.getBytes(charset));
    }

    /** A string of any kind, one byte a character. */
    public static byte[] string(int tag, String text) {
        return tlv(tag, latin1(text));
    }

    /** A dNSName, one byte a character. */
    public static byte[] dns(String name) {
        return tlv(DNS, latin1(name));
    }

    /** An attribute of a subject: a common name. */
    public static byte[] commonName(byte[] value) {
        return attribute("550403", value);
    }

    /** A common name as UTF8String. */
    public static byte[] commonName(String name) {
        return commonName(text(UTF8, name, StandardCharsets.UTF_8));
    }

    public static byte[] attribute(String oidInHex, byte[] value) {
        return sequence(oid(oidInHex), value);
    }

    /** One element of a subject's sequence. */
    public static byte[] rdn(byte[]... attributes) {
        return tlv(SET, attributes);
    }

    public static byte[] extension(String oidInHex, byte[] value) {
        return sequence(oid(oidInHex), tlv(OCTETS, value));
    }
}
