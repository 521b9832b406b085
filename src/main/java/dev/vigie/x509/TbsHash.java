package dev.vigie.x509;

import dev.vigie.hash.Sha256;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Optional;

/**
 * What joins a certificate, its precertificate and all their copies: the SHA-256 of the TBS without
 * the two extensions in which they differ. Done on the bytes, since decoding and encoding again
 * would change odd certificates.
 */
public final class TbsHash {

    private static final byte[] POISON = {
        0x2b, 0x06, 0x01, 0x04, 0x01, (byte) 0xd6, 0x79, 0x02, 0x04, 0x03
    };
    private static final byte[] SCT_LIST = {
        0x2b, 0x06, 0x01, 0x04, 0x01, (byte) 0xd6, 0x79, 0x02, 0x04, 0x02
    };
    private static final int EXTENSIONS = 0xa3;

    private TbsHash() {}

    /** Hash for a certificate or precertificate; empty if its frame cannot be followed. */
    public static Optional<Sha256> ofCertificate(byte[] certificate) {
        return tbsOf(certificate).map(TbsHash::ofTbs);
    }

    /** The TBS of a certificate, untouched; empty if its frame cannot be followed. */
    public static Optional<byte[]> tbsOf(byte[] certificate) {
        var outer = new Tlv();
        var tbs = new Tlv();
        if (!outer.read(certificate, 0, certificate.length)
                || !tbs.read(certificate, outer.start(), outer.end())) {
            return Optional.empty();
        }
        return Optional.of(Arrays.copyOfRange(certificate, tbs.header(), tbs.next()));
    }

    /** Hash for the TBS of a log's precertificate entry, or of any other certificate. */
    public static Sha256 ofTbs(byte[] tbs) {
        return Sha256.hash(strip(tbs));
    }

    /**
     * The TBS without poison and SCT list; every other byte stays, the lengths around them are
     * written anew. Returned as it is if neither is there or its frame cannot be followed.
     */
    static byte[] strip(byte[] der) {
        var tbs = new Tlv();
        var field = new Tlv();
        if (!tbs.read(der, 0, der.length) || !tbs.isConstructed()) {
            return der;
        }
        for (int at = tbs.start(); at < tbs.end(); at = field.next()) {
            if (!field.read(der, at, tbs.end())) {
                return der;
            }
            if (field.tag() == EXTENSIONS) {
                byte[] extensions = stripExtensions(der, field);
                if (extensions.length == field.next() - field.header()) {
                    return der;
                }
                var content = new ByteArrayOutputStream(der.length);
                content.write(der, tbs.start(), field.header() - tbs.start());
                content.writeBytes(extensions);
                content.write(der, field.next(), tbs.end() - field.next());
                return wrap(Tlv.SEQUENCE, content.toByteArray());
            }
        }
        return der;
    }

    /** The whole [3] element anew, or nothing if no extension is left. */
    private static byte[] stripExtensions(byte[] der, Tlv field) {
        byte[] unchanged = Arrays.copyOfRange(der, field.header(), field.next());
        var list = new Tlv();
        var extension = new Tlv();
        var oid = new Tlv();
        if (!list.read(der, field.start(), field.end())) {
            return unchanged;
        }
        var kept = new ByteArrayOutputStream(unchanged.length);
        boolean stripped = false;
        for (int at = list.start(); at < list.end(); at = extension.next()) {
            if (!extension.read(der, at, list.end())) {
                return unchanged;
            }
            if (oid.read(der, extension.start(), extension.end())
                    && (oid.contentEquals(der, POISON) || oid.contentEquals(der, SCT_LIST))) {
                stripped = true;
            } else {
                kept.write(der, extension.header(), extension.next() - extension.header());
            }
        }
        if (!stripped) {
            return unchanged;
        }
        return kept.size() == 0
                ? new byte[0]
                : wrap(EXTENSIONS, wrap(Tlv.SEQUENCE, kept.toByteArray()));
    }

    private static byte[] wrap(int tag, byte[] content) {
        var out = new ByteArrayOutputStream(content.length + 6);
        out.write(tag);
        if (content.length < 0x80) {
            out.write(content.length);
        } else {
            int bytes = (32 - Integer.numberOfLeadingZeros(content.length) + 7) / 8;
            out.write(0x80 | bytes);
            for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
                out.write(content.length >>> shift);
            }
        }
        out.writeBytes(content);
        return out.toByteArray();
    }
}
