package dev.vigie.x509;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Finds common names and subject alternative names. Whatever else is odd about a certificate (key,
 * serial, dates, other extensions, other kinds of names) is stepped over unread, so that it cannot
 * hide a name. Reads each byte a bounded number of times; belongs to one thread.
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
    private final Tlv piece = new Tlv();
    private byte[] der = new byte[0];
    private boolean alternativeNamesSeen;
    private @Nullable String problem;

    /**
     * Reports every name of a certificate.
     *
     * @return null, or what kept the walker from being sure that it saw all of them; the bytes are
     *     then worth a search with {@link RawNameSearch}
     */
    public @Nullable String scanCertificate(byte[] buffer, int offset, int length, NameSink sink) {
        start(buffer);
        if (!outer.read(der, offset, offset + length) || !outer.isConstructed()) {
            return "not a certificate";
        }
        tbs(outer.start(), outer.end(), sink);
        return problemOf(offset, offset + length);
    }

    /** As {@link #scanCertificate}, of a bare TBSCertificate. */
    public @Nullable String scanTbs(byte[] buffer, int offset, int length, NameSink sink) {
        start(buffer);
        tbs(offset, offset + length, sink);
        return problemOf(offset, offset + length);
    }

    private void start(byte[] buffer) {
        der = buffer;
        alternativeNamesSeen = false;
        problem = null;
    }

    private @Nullable String problemOf(int offset, int limit) {
        if (problem == null && !alternativeNamesSeen && mentionsAlternativeNames(offset, limit)) {
            // a length that is too long, or fields in disorder, can hide them from the walk
            return "there are subject alternative names where none should be";
        }
        return problem;
    }

    private boolean mentionsAlternativeNames(int offset, int limit) {
        for (int at = offset; at <= limit - SUBJECT_ALT_NAME.length; at++) {
            if (der[at] == SUBJECT_ALT_NAME[0]
                    && der[at + 1] == SUBJECT_ALT_NAME[1]
                    && der[at + 2] == SUBJECT_ALT_NAME[2]) {
                return true;
            }
        }
        return false;
    }

    private void tbs(int offset, int end, NameSink sink) {
        if (!outer.read(der, offset, end) || !outer.isConstructed()) {
            problem = "no TBSCertificate";
            return;
        }
        int position = outer.start();
        int limit = outer.end();
        // serial, signature, issuer, validity, subject: the subject is the fifth field
        int untilSubject = 5;
        while (position < limit) {
            if (!field.read(der, position, limit)) {
                problem = "a field of the certificate is cut short";
                return;
            }
            position = field.next();
            if (field.tag() == EXTENSIONS) {
                extensions(sink);
            } else if (!(untilSubject == 5 && field.tag() == VERSION) && --untilSubject == 0) {
                subject(sink);
            }
        }
        if (untilSubject > 0) {
            problem = "the certificate ends before its subject";
        }
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
        if (!inner.read(der, part.start(), part.end())) {
            problem = "an attribute in the subject is cut short";
            return;
        }
        if (!inner.contentEquals(der, COMMON_NAME)) {
            return;
        }
        if (!inner.read(der, inner.next(), part.end())) {
            problem = "a common name is cut short";
            return;
        }
        if (inner.isConstructed()) {
            byte[] text = together(inner);
            commonName(text, 0, text.length, sink);
        } else {
            commonName(der, inner.start(), inner.end(), sink);
        }
    }

    private void commonName(byte[] text, int start, int end, NameSink sink) {
        switch (inner.tag() & ~Tlv.CONSTRUCTED) {
            case BMP_STRING -> wide(text, start, end, 2, sink);
            case UNIVERSAL_STRING -> wide(text, start, end, 4, sink);
            default -> sink.commonName(text, start, end - start);
        }
    }

    /** Text of 2 or 4 bytes a character; a rest that fills no character is left out. */
    private static void wide(byte[] wide, int start, int end, int width, NameSink sink) {
        var text = new ByteArrayOutputStream();
        for (int at = start; at + width <= end; at += width) {
            int c = 0;
            for (int i = 0; i < width; i++) {
                c = c << 8 | wide[at + i] & 0xff;
            }
            String character = Character.isValidCodePoint(c) ? Character.toString(c) : "\ufffd";
            text.writeBytes(character.getBytes(StandardCharsets.UTF_8));
        }
        sink.commonName(text.toByteArray(), 0, text.size());
    }

    /** The content of an element in pieces, which may be in pieces again. */
    private byte[] together(Tlv whole) {
        var content = new ByteArrayOutputStream();
        if (pieces(whole.start(), whole.end(), 1, content) > 1) {
            // each piece may as well be a name of its own
            problem = "a name is in pieces";
        }
        return content.toByteArray();
    }

    /** Adds up the pieces between two places; returns how many there are. */
    private int pieces(int start, int end, int depth, ByteArrayOutputStream content) {
        int pieces = 0;
        int next;
        for (int at = start; at < end; at = next) {
            if (depth > Tlv.MAX_DEPTH || !piece.read(der, at, end)) {
                problem = "a name in pieces is cut short";
                break;
            }
            next = piece.next();
            if (piece.isConstructed()) {
                pieces += pieces(piece.start(), piece.end(), depth + 1, content);
            } else {
                content.write(der, piece.start(), piece.length());
                pieces++;
            }
        }
        return pieces;
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
            if (!part.read(der, item.start(), item.end())) {
                problem = "the id of an extension is cut short";
            } else if (part.contentEquals(der, SUBJECT_ALT_NAME)) {
                alternativeNames(sink);
            }
        }
        if (outer.next() != field.end()) {
            problem = "there is something after the extensions";
        }
    }

    private void alternativeNames(NameSink sink) {
        alternativeNamesSeen = true;
        do {
            if (!part.read(der, part.next(), item.end())) {
                problem = "the subject alternative names have no value";
                return;
            }
        } while (part.tag() == Tlv.BOOLEAN);
        if ((part.tag() & ~Tlv.CONSTRUCTED) != Tlv.OCTET_STRING) {
            problem = "the subject alternative names are no octet string";
        } else if (part.next() != item.end()) {
            problem = "there is something after the subject alternative names";
        }
        if (part.tag() == (Tlv.OCTET_STRING | Tlv.CONSTRUCTED)) {
            byte[] certificate = der;
            der = together(part);
            generalNames(0, der.length, sink);
            der = certificate;
        } else {
            generalNames(part.start(), part.end(), sink);
        }
    }

    private void generalNames(int start, int end, NameSink sink) {
        if (!inner.read(der, start, end) || !inner.isConstructed()) {
            problem = "the subject alternative names are no sequence";
            return;
        }
        if (inner.next() != end) {
            problem = "there is something after the subject alternative names";
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
            byte[] name = together(part);
            sink.dnsName(name, 0, name.length);
        }
    }
}
