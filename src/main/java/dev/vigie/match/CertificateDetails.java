package dev.vigie.match;

import dev.vigie.dns.InertName;
import dev.vigie.hash.Sha256;
import java.io.IOException;
import java.text.ParseException;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.bouncycastle.asn1.x509.Time;
import org.jspecify.annotations.Nullable;

/**
 * What people want to read about a certificate. Any part may be missing: odd certificates do not
 * let themselves be read, and are alerted on all the same.
 */
public record CertificateDetails(
        @Nullable String subject,
        @Nullable String issuer,
        @Nullable String serialNumber,
        @Nullable Instant notBefore,
        @Nullable Instant notAfter,
        @Nullable Sha256 spki) {

    private static final CertificateDetails UNKNOWN =
            new CertificateDetails(null, null, null, null, null, null);

    /** Reads a TBSCertificate, or what of it can be read. */
    public static CertificateDetails ofTbs(byte[] tbs) {
        TBSCertificate certificate;
        try {
            certificate = TBSCertificate.getInstance(ASN1Primitive.fromByteArray(tbs));
        } catch (IOException | RuntimeException e) {
            return UNKNOWN; // bytes of a stranger: the library fails in many ways
        }
        return certificate == null ? UNKNOWN : of(certificate);
    }

    /** What can be read of a TBSCertificate whose frame is in order. */
    public static CertificateDetails of(TBSCertificate certificate) {
        return new CertificateDetails(
                orNull(() -> InertName.of(certificate.getSubject().toString()).text()),
                orNull(() -> InertName.of(certificate.getIssuer().toString()).text()),
                orNull(() -> certificate.getSerialNumber().getValue().toString(16)),
                orNull(() -> instant(certificate.getStartDate())),
                orNull(() -> instant(certificate.getEndDate())),
                orNull(() -> Sha256.hash(certificate.getSubjectPublicKeyInfo().getEncoded("DER"))));
    }

    private static @Nullable Instant instant(Time time) throws ParseException {
        Date date = time.toASN1Primitive() == null ? null : time.getDate();
        // PostgreSQL and the JSON format end with the year 9999
        return date == null || date.toInstant().isAfter(Instant.parse("9999-12-31T23:59:59Z"))
                ? null
                : date.toInstant();
    }

    private interface Part<T> {
        @Nullable T read() throws IOException, ParseException;
    }

    private static <T> @Nullable T orNull(Part<T> part) {
        try {
            return part.read();
        } catch (IOException | ParseException | RuntimeException e) {
            return null;
        }
    }
}
