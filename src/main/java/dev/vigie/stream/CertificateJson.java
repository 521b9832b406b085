package dev.vigie.stream;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.vigie.match.CertificateDetails;
import dev.vigie.x509.TbsHash;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.jspecify.annotations.Nullable;

/** Writes a certificate as certstream does. What cannot be read is null. */
final class CertificateJson {

    private static final HexFormat COLONS = HexFormat.ofDelimiter(":").withUpperCase();

    private final byte[] der;
    private final @Nullable TBSCertificate tbs;

    /**
     * @param tbs its TBSCertificate, or whatever there is in its place
     * @param der the whole of it
     */
    CertificateJson(byte[] tbs, byte[] der) {
        this.der = der;
        this.tbs =
                tbs.length == 0
                        ? null
                        : OrNull.read(
                                () -> TBSCertificate.getInstance(ASN1Primitive.fromByteArray(tbs)));
    }

    /** One of which there is nothing else. */
    static CertificateJson ofCertificate(byte[] der) {
        return new CertificateJson(TbsHash.tbsOf(der).orElse(new byte[0]), der);
    }

    /** Writes the fields of the object; names of a leaf are not among them. */
    void write(JsonGenerator json, boolean precert, boolean withDer) throws IOException {
        CertificateDetails details = tbs == null ? null : CertificateDetails.of(tbs);
        var extensions = new ExtensionTexts(tbs);
        json.writeFieldName("subject");
        NameJson.write(json, tbs == null ? null : OrNull.read(tbs::getSubject));
        json.writeFieldName("issuer");
        NameJson.write(json, tbs == null ? null : OrNull.read(tbs::getIssuer));
        json.writeFieldName("extensions");
        extensions.write(json, precert);
        json.writeStringField("serial_number", serial(details));
        writeTime(json, "not_before", details == null ? null : details.notBefore());
        writeTime(json, "not_after", details == null ? null : details.notAfter());
        String sha1 = fingerprint("SHA-1");
        json.writeStringField("fingerprint", sha1);
        json.writeStringField("sha1", sha1);
        json.writeStringField("sha256", fingerprint("SHA-256"));
        json.writeStringField("signature_algorithm", tbs == null ? null : SignatureNames.of(tbs));
        json.writeBooleanField("is_ca", extensions.isCa());
        if (withDer) {
            json.writeStringField("as_der", Base64.getEncoder().encodeToString(der));
        }
    }

    private static @Nullable String serial(@Nullable CertificateDetails details) {
        String serial = details == null ? null : details.serialNumber();
        return serial == null ? null : serial.toUpperCase(Locale.ROOT);
    }

    private static void writeTime(JsonGenerator json, String field, @Nullable Instant time)
            throws IOException {
        json.writeFieldName(field);
        if (time == null) {
            json.writeNull();
        } else {
            json.writeNumber(time.getEpochSecond());
        }
    }

    private String fingerprint(String algorithm) {
        try {
            return COLONS.formatHex(MessageDigest.getInstance(algorithm).digest(der));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
