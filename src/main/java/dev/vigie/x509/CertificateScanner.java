package dev.vigie.x509;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Finds common names and subject alternative names. Whatever else is odd about a certificate (key,
 * serial, dates, other extensions, other kinds of names) is stepped over unread, so that it cannot
 * hide a name. Iterative, reads each byte a bounded number of times; belongs to one thread.
 */
public final class CertificateScanner {

    private static final byte[] COMMON_NAME = {0x55, 0x04, 0x03};
    private static final byte[] SUBJECT_ALT_NAME = {0x55, 0x1d, 0x11};

    private static final int VERSION = 0xa0;
    private static final int EXTENSIONS = 0xa3;
    private static final int DNS_NAME = 0x82;
    private static final int IP_ADDRESS = 0x87;
    private static final int BMP_STRING = 0x1e;
    private static final int UNIVERSAL_STRING = 0x1c;

    private final Tlv outer = new Tlv();
    private final Tlv field = new Tlv();
    private final Tlv item = new Tlv();
    private final Tlv part = new Tlv();
    private final Tlv inner = new Tlv();
    private byte[] der = new byte[0];
    private @Nullable String problem;

    /**
     * Reports every name of a certificate.
     *
     * @return null, or what kept the walker from being sure that it saw all of them; the bytes are
     *     then worth a search with {@link RawNameSearch}
     */
    public @Nullable String scanCertificate(byte[] buffer, int offset, int length, NameSink sink) {
        der = buffer;
        problem = null;
        if (!outer.read(der, offset, offset + length) || !outer.isConstructed()) {
            return "not a certificate";
        }
        return scanTbs(buffer, outer.start(), outer.end() - outer.start(), sink);
    }

    /** As {@link #scanCertificate}, of a bare TBSCertificate. */
    public @Nullable String scanTbs(byte[] buffer, int offset, int length, NameSink sink) {
        der = buffer;
        problem = null;
        if (!outer.read(der, offset, offset + length) || !outer.isConstructed()) {
            return "no TBSCertificate";
        }
        int position = outer.start();
        int limit = outer.end();
        // serial, signature, issuer, validity, subject: the subject is the fifth field
        int untilSubject = 5;
        while (position < limit) {
            if (!field.read(der, position, limit)) {
                return "a field of the certificate is cut short";
            }
            position = field.next();
            if (untilSubject == 5 && field.tag() == VERSION) {
                continue;
            }
            if (--untilSubject == 0) {
                subject(sink);
            } else if (untilSubject < 0 && field.tag() == EXTENSIONS) {
                extensions(sink);
            }
        }
        return untilSubject > 0 ? "the certificate ends before its subject" : problem;
    }

    private void subject(NameSink sink) {
        for (int rdn = field.start(); rdn < field.end(); rdn = item.next()) {
            if (!item.read(der, rdn, field.end())) {
                problem = "the subject is cut short";
                return;
            }
            for (int attribute = item.start(); attribute < item.end(); attribute = part.next()) {
                if (!part.read(der, attribute, item.end())) {
                    problem = "a name in the subject is cut short";
                    break;
                }
                attribute(sink);
            }
        }
    }

    private void attribute(NameSink sink) {
        if (!inner.read(der, part.start(), part.end()) || !inner.contentEquals(der, COMMON_NAME)) {
            return;
        }
        if (!inner.read(der, inner.next(), part.end())) {
            problem = "a common name is cut short";
            return;
        }
        switch (inner.tag()) {
            case BMP_STRING -> wide(sink, 2);
            case UNIVERSAL_STRING -> wide(sink, 4);
            default -> sink.commonName(der, inner.start(), inner.length());
        }
    }

    /** Text of 2 or 4 bytes a character; a rest that fills no character is left out. */
    private void wide(NameSink sink, int width) {
        var text = new ByteArrayOutputStream();
        for (int at = inner.start(); at + width <= inner.end(); at += width) {
            int c = 0;
            for (int i = 0; i < width; i++) {
                c = c << 8 | der[at + i] & 0xff;
            }
            String character = Character.isValidCodePoint(c) ? Character.toString(c) : "\ufffd";
            text.writeBytes(character.getBytes(StandardCharsets.UTF_8));
        }
        sink.commonName(text.toByteArray(), 0, text.size());
    }

    private void extensions(NameSink sink) {
        if (!outer.read(der, field.start(), field.end())) {
            problem = "the extensions are cut short";
            return;
        }
        int limit = outer.end();
        for (int position = outer.start(); position < limit; position = item.next()) {
            if (!item.read(der, position, limit)) {
                problem = "an extension is cut short";
                return;
            }
            if (part.read(der, item.start(), item.end())
                    && part.contentEquals(der, SUBJECT_ALT_NAME)) {
                alternativeNames(sink);
            }
        }
    }

    private void alternativeNames(NameSink sink) {
        do {
            if (!part.read(der, part.next(), item.end())) {
                problem = "the subject alternative names have no value";
                return;
            }
        } while (part.tag() == Tlv.BOOLEAN);
        if ((part.tag() & ~Tlv.CONSTRUCTED) != Tlv.OCTET_STRING) {
            problem = "the subject alternative names are no octet string";
        } else if (part.isConstructed()
                && !(part.read(der, part.start(), part.end())
                        && part.tag() == Tlv.OCTET_STRING
                        && part.next() == part.end())) {
            problem = "the subject alternative names are an octet string in pieces";
        }
        if (!inner.read(der, part.start(), part.end()) || !inner.isConstructed()) {
            problem = "the subject alternative names are no sequence";
            return;
        }
        int limit = inner.end();
        for (int position = inner.start(); position < limit; position = part.next()) {
            if (!part.read(der, position, limit)) {
                problem = "an alternative name is cut short";
                return;
            }
            generalName(sink);
        }
    }

    private void generalName(NameSink sink) {
        if (part.tag() == DNS_NAME) {
            sink.dnsName(der, part.start(), part.length());
        } else if (part.tag() == IP_ADDRESS) {
            sink.ipAddress(der, part.start(), part.length());
        } else if (part.tag() == (DNS_NAME | Tlv.CONSTRUCTED)) {
            for (int at = part.start(); at < part.end(); at = inner.next()) {
                if (!inner.read(der, at, part.end())) {
                    problem = "an alternative name in pieces is cut short";
                    return;
                }
                sink.dnsName(der, inner.start(), inner.length());
            }
        }
    }
}
