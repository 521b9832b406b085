package dev.vigie.authorisation;

import dev.vigie.hash.Sha256;
import dev.vigie.match.CertificateDetails;
import dev.vigie.x509.TbsHash;
import java.io.IOException;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.pkcs.CertificationRequest;

/**
 * A certificate or a certificate request that somebody shows to say what they mean. Only hashes of
 * it are kept.
 */
final class PresentedPem {

    private static final String FIELD = "pem";
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]{1,40})-----([^-]*)-----END \\1-----");
    private static final String UNREADABLE = "This %s cannot be read.";

    private final byte[] der;
    private final boolean isRequest;
    private final boolean isChain;

    private PresentedPem(byte[] der, boolean isRequest, boolean isChain) {
        this.der = der;
        this.isRequest = isRequest;
        this.isChain = isChain;
    }

    /** Whether there is something secret in a text, in which case nothing of it may be kept. */
    static boolean hasPrivateKey(String text) {
        return text.toUpperCase(Locale.ROOT).contains("PRIVATE KEY");
    }

    static UnusableAuthorisationException privateKey(String field) {
        return new UnusableAuthorisationException(
                field,
                "This contains a private key. It is not needed here and was not kept; send the"
                        + " certificate or the request alone.");
    }

    /**
     * Reads the first block of a PEM text; a chain begins with the certificate that it is for.
     *
     * @throws UnusableAuthorisationException if it is neither certificate nor request, or with it
     *     comes a private key
     */
    static PresentedPem read(String text) {
        if (hasPrivateKey(text)) {
            throw privateKey(FIELD);
        }
        Matcher block = BLOCK.matcher(text);
        if (!block.find()) {
            throw new UnusableAuthorisationException(
                    FIELD,
                    "This is no PEM text such as -----BEGIN CERTIFICATE----- … -----END"
                            + " CERTIFICATE-----.");
        }
        String label = block.group(1);
        boolean request = label.endsWith("CERTIFICATE REQUEST");
        if (!request && !label.equals("CERTIFICATE") && !label.equals("X509 CERTIFICATE")) {
            throw new UnusableAuthorisationException(
                    FIELD, "It must be a certificate or a certificate request.");
        }
        try {
            byte[] der = Base64.getMimeDecoder().decode(block.group(2));
            return new PresentedPem(der, request, block.find());
        } catch (IllegalArgumentException e) {
            throw unreadable(request);
        }
    }

    /** What of it a kind of authorisation means; a certificate stands for its whole issuance. */
    Mark mark(AuthorisationKind kind) {
        return switch (kind) {
            case SPKI -> new Mark(kind, key());
            case ISSUER_KEY -> {
                if (isRequest) {
                    throw noRequest("the certificate of the issuer");
                }
                if (isChain) {
                    throw new UnusableAuthorisationException(
                            FIELD, "These are several; send the issuer's certificate alone.");
                }
                yield new Mark(kind, key());
            }
            case TBS, CERTIFICATE -> {
                if (isRequest) {
                    throw noRequest("a certificate");
                }
                key(); // what has none is no certificate
                yield new Mark(
                        AuthorisationKind.TBS,
                        TbsHash.ofCertificate(der).orElseThrow(() -> unreadable(false)));
            }
        };
    }

    private Sha256 key() {
        return (isRequest ? keyOfRequest() : keyOfCertificate())
                .orElseThrow(() -> unreadable(isRequest));
    }

    private Optional<Sha256> keyOfCertificate() {
        return TbsHash.tbsOf(der).map(CertificateDetails::ofTbs).map(CertificateDetails::spki);
    }

    private Optional<Sha256> keyOfRequest() {
        try {
            var request = CertificationRequest.getInstance(ASN1Primitive.fromByteArray(der));
            return Optional.of(
                    Sha256.hash(
                            request.getCertificationRequestInfo()
                                    .getSubjectPublicKeyInfo()
                                    .getEncoded("DER")));
        } catch (IOException | RuntimeException e) {
            return Optional.empty(); // bytes of a stranger: the library fails in many ways
        }
    }

    private static UnusableAuthorisationException noRequest(String instead) {
        return new UnusableAuthorisationException(
                FIELD,
                "A certificate request has a key and no issuance: take kind spki, or send %s."
                        .formatted(instead));
    }

    private static UnusableAuthorisationException unreadable(boolean request) {
        return new UnusableAuthorisationException(
                FIELD, UNREADABLE.formatted(request ? "certificate request" : "certificate"));
    }
}
