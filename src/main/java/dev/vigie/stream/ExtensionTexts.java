package dev.vigie.stream;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.CertificatePolicies;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.PolicyInformation;
import org.bouncycastle.asn1.x509.PolicyQualifierId;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.jspecify.annotations.Nullable;

/** Extensions in the words of certstream, which are those of OpenSSL; null where there is none. */
final class ExtensionTexts {

    private static final HexFormat COLONS = HexFormat.ofDelimiter(":").withUpperCase();

    /** In the order of their bits; the last one begins a second byte. */
    private static final String[] USAGES = {
        "Digital Signature",
        "Non Repudiation",
        "Key Encipherment",
        "Data Encipherment",
        "Key Agreement",
        "Certificate Sign",
        "CRL Sign",
        "Encipher Only",
        "Decipher Only"
    };

    private static final Map<KeyPurposeId, String> PURPOSES =
            Map.of(
                    KeyPurposeId.id_kp_serverAuth, "TLS Web server authentication",
                    KeyPurposeId.id_kp_clientAuth, "TLS Web client authentication",
                    KeyPurposeId.id_kp_codeSigning, "Code signing",
                    KeyPurposeId.id_kp_emailProtection, "E-mail protection",
                    KeyPurposeId.id_kp_timeStamping, "Time stamping",
                    KeyPurposeId.id_kp_OCSPSigning, "OCSP signing");

    private final @Nullable Extensions extensions;

    ExtensionTexts(@Nullable TBSCertificate tbs) {
        extensions = tbs == null ? null : OrNull.read(tbs::getExtensions);
    }

    private interface Reading {
        String text(ASN1Encodable value) throws IOException;
    }

    void write(JsonGenerator json, boolean precert) throws IOException {
        Map<String, @Nullable String> texts = new LinkedHashMap<>();
        texts.put("keyUsage", of(Extension.keyUsage, ExtensionTexts::usages));
        texts.put("extendedKeyUsage", of(Extension.extendedKeyUsage, ExtensionTexts::purposes));
        texts.put(
                "basicConstraints",
                of(Extension.basicConstraints, v -> isCa(v) ? "CA:TRUE" : "CA:FALSE"));
        texts.put(
                "subjectKeyIdentifier", of(Extension.subjectKeyIdentifier, ExtensionTexts::keyId));
        texts.put(
                "authorityKeyIdentifier",
                of(Extension.authorityKeyIdentifier, ExtensionTexts::issuerKeyId));
        texts.put("authorityInfoAccess", of(Extension.authorityInfoAccess, ExtensionTexts::access));
        texts.put("subjectAltName", of(Extension.subjectAlternativeName, AlternativeNames::text));
        texts.put(
                "certificatePolicies", of(Extension.certificatePolicies, ExtensionTexts::policies));
        texts.put(
                "crlDistributionPoints",
                of(Extension.cRLDistributionPoints, ExtensionTexts::revocationLists));
        json.writeStartObject();
        for (Map.Entry<String, @Nullable String> text : texts.entrySet()) {
            json.writeStringField(text.getKey(), text.getValue());
        }
        json.writeBooleanField("ctlPoisonByte", precert);
        json.writeEndObject();
    }

    boolean isCa() {
        return "true".equals(of(Extension.basicConstraints, v -> String.valueOf(isCa(v))));
    }

    private @Nullable String of(ASN1ObjectIdentifier id, Reading reading) {
        return OrNull.read(() -> {
            Extension extension = extensions == null ? null : extensions.getExtension(id);
            return extension == null
                    ? null
                    : reading.text(
                            ASN1Primitive.fromByteArray(extension.getExtnValue().getOctets()));
        });
    }

    private static boolean isCa(ASN1Encodable value) {
        return BasicConstraints.getInstance(value).isCA();
    }

    private static String usages(ASN1Encodable value) {
        byte[] bits = KeyUsage.getInstance(value).getBytes();
        return IntStream.range(0, Math.min(USAGES.length, 8 * bits.length))
                .filter(bit -> (bits[bit / 8] << bit % 8 & 0x80) != 0)
                .mapToObj(bit -> USAGES[bit])
                .collect(Collectors.joining(", "));
    }

    private static String purposes(ASN1Encodable value) {
        return Arrays.stream(ExtendedKeyUsage.getInstance(value).getUsages())
                .map(purpose -> PURPOSES.getOrDefault(purpose, Inert.text(purpose.getId())))
                .collect(Collectors.joining(", "));
    }

    private static String keyId(ASN1Encodable value) {
        return COLONS.formatHex(SubjectKeyIdentifier.getInstance(value).getKeyIdentifier());
    }

    private static String issuerKeyId(ASN1Encodable value) {
        byte[] id = AuthorityKeyIdentifier.getInstance(value).getKeyIdentifierOctets();
        return "keyid:" + COLONS.formatHex(id) + "\n";
    }

    private static String access(ASN1Encodable value) {
        var text = new StringBuilder();
        for (AccessDescription access :
                AuthorityInformationAccess.getInstance(value).getAccessDescriptions()) {
            ASN1ObjectIdentifier method = access.getAccessMethod();
            String name =
                    method.equals(AccessDescription.id_ad_ocsp)
                            ? "OCSP"
                            : method.equals(AccessDescription.id_ad_caIssuers)
                                    ? "CA Issuers"
                                    : Inert.text(method.getId());
            text.append(name)
                    .append(" - ")
                    .append(AlternativeNames.text(access.getAccessLocation()))
                    .append('\n');
        }
        return text.toString();
    }

    private static String policies(ASN1Encodable value) {
        List<String> lines = new ArrayList<>();
        for (PolicyInformation policy :
                CertificatePolicies.getInstance(value).getPolicyInformation()) {
            lines.add("Policy: " + Inert.text(policy.getPolicyIdentifier().getId()));
            ASN1Sequence qualifiers = policy.getPolicyQualifiers();
            for (ASN1Encodable each :
                    qualifiers == null ? new ASN1Encodable[0] : qualifiers.toArray()) {
                var qualifier = ASN1Sequence.getInstance(each);
                if (qualifier.getObjectAt(0).equals(PolicyQualifierId.id_qt_cps)) {
                    lines.add("  CPS: " + Inert.text(qualifier.getObjectAt(1)));
                }
            }
        }
        return String.join("\n", lines);
    }

    private static String revocationLists(ASN1Encodable value) {
        return Arrays.stream(CRLDistPoint.getInstance(value).getDistributionPoints())
                .map(DistributionPoint::getDistributionPoint)
                .filter(point ->
                        point != null && point.getType() == DistributionPointName.FULL_NAME)
                .flatMap(point ->
                        Arrays.stream(GeneralNames.getInstance(point.getName()).getNames()))
                .map(name -> "Full Name:\n " + AlternativeNames.text(name))
                .collect(Collectors.joining("\n"));
    }
}
