package dev.vigie.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vigie.testing.CertificateBuilder;
import java.io.IOException;
import java.io.StringWriter;
import java.util.Arrays;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.junit.jupiter.api.Test;

/** What certificates of the simulated logs do not have. */
class ExtensionTextsTest {

    private static JsonNode shown(CertificateBuilder certificate) throws IOException {
        var text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            new ExtensionTexts(TBSCertificate.getInstance(certificate.tbs())).write(json, false);
        }
        return new ObjectMapper().readTree(text.toString()).get("crlDistributionPoints");
    }

    private static byte[] revocationLists(String... urls) throws IOException {
        DistributionPoint[] points =
                Arrays.stream(urls)
                        .map(url -> new GeneralName(GeneralName.uniformResourceIdentifier, url))
                        .map(name -> new DistributionPointName(new GeneralNames(name)))
                        .map(name -> new DistributionPoint(name, null, null))
                        .toArray(DistributionPoint[]::new);
        return new Extension(
                        Extension.cRLDistributionPoints,
                        false,
                        new CRLDistPoint(points).getEncoded())
                .getEncoded();
    }

    @Test
    void placesOfRevocationListsAreShownAsCertstreamDoes() throws IOException {
        byte[] one = revocationLists("http://crl.example/a.crl");
        byte[] hostile = revocationLists("http://crl.example/\u001b", "http://b.example");

        assertThat(shown(CertificateBuilder.forDns("a.example").with(one)).textValue())
                .isEqualTo("Full Name:\n URI:http://crl.example/a.crl");
        assertThat(shown(CertificateBuilder.forDns("a.example").with(hostile)).textValue())
                .isEqualTo(
                        "Full Name:\n URI:http://crl.example/\\x1b\nFull Name:\n"
                                + " URI:http://b.example");
        assertThat(shown(CertificateBuilder.forDns("a.example")).isNull()).isTrue();
    }
}
