package dev.vigie.x509;

import static dev.vigie.testing.TestDer.commonName;
import static dev.vigie.testing.TestDer.concat;
import static dev.vigie.testing.TestDer.dns;
import static dev.vigie.testing.TestDer.extension;
import static dev.vigie.testing.TestDer.hex;
import static dev.vigie.testing.TestDer.latin1;
import static dev.vigie.testing.TestDer.rdn;
import static dev.vigie.testing.TestDer.sequence;
import static dev.vigie.testing.TestDer.string;
import static dev.vigie.testing.TestDer.tlv;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vigie.testing.CertificateBuilder;
import dev.vigie.testing.SeenNames;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The walker keeps within what it was given, and remembers nothing of what it saw before. */
class CertificateScannerTest {

    private static final byte[] OUTSIDE = dns("outside.test");

    private final CertificateScanner scanner = new CertificateScanner();

    @Test
    void namesComeInTheOrderInWhichTheyStandAndWithTheirKind() {
        byte[] certificate =
                new CertificateBuilder()
                        .subject(rdn(commonName("a.test")), rdn(commonName("b.test")))
                        .names(dns("c.test"), tlv(0x87, hex("c0000201")), dns("*.d.test"))
                        .build();

        assertThat(SeenNames.of(certificate).names())
                .containsExactly(
                        "cn:a.test", "cn:b.test", "dns:c.test", "ip:c0000201", "dns:*.d.test");
    }

    @Test
    void aNameInUtf16IsGivenAsUtf8() {
        byte[] bmp = tlv(0x1e, "b\u00fccher.test".getBytes(UTF_16BE));

        assertThat(
                        SeenNames.of(new CertificateBuilder().subject(rdn(commonName(bmp))).build())
                                .names())
                .containsExactly("cn:b\u00c3\u00bccher.test");
    }

    @Test
    void extensionsAreReadWhereverTheyStand() {
        byte[] extensions =
                tlv(
                        0xa3,
                        sequence(
                                extension(
                                        CertificateBuilder.SUBJECT_ALT_NAME,
                                        sequence(dns("a.test")))));
        byte[] inPlaceOfTheSubject =
                sequence(
                        hex("a003020102"),
                        hex("020101"),
                        CertificateBuilder.ECDSA_WITH_SHA256,
                        sequence(),
                        sequence(),
                        extensions,
                        sequence(rdn(commonName("b.test"))),
                        sequence());
        var seen = new SeenNames();

        scanner.scanTbs(inPlaceOfTheSubject, 0, inPlaceOfTheSubject.length, seen);

        assertThat(seen.names()).containsExactlyInAnyOrder("dns:a.test", "cn:b.test");
    }

    @Test
    void whateverAByteIsChangedToNothingOutsideIsRead() {
        for (byte[] certificate : examples()) {
            byte[] buffer = concat(many(OUTSIDE), certificate, many(OUTSIDE));
            int offset = many(OUTSIDE).length;
            for (int at = 0; at < certificate.length; at++) {
                for (int value = 0; value < 256; value++) {
                    buffer[offset + at] = (byte) value;
                    var seen = new SeenNames();
                    scanner.scanCertificate(buffer, offset, certificate.length, seen);
                    assertInside(seen.names(), at, value);
                }
                buffer[offset + at] = certificate[at];
            }
        }
    }

    @Test
    void atTheEndOfTheBufferTooNothingIsReadOutside() {
        for (byte[] certificate : examples()) {
            byte[] changed = certificate.clone();
            for (int at = 0; at < certificate.length; at++) {
                for (int value = 0; value < 256; value++) {
                    changed[at] = (byte) value;
                    scanner.scanCertificate(changed, 0, changed.length, new SeenNames());
                    scanner.scanTbs(changed, 4, changed.length - 4, new SeenNames());
                }
                changed[at] = certificate[at];
            }
            for (int length = 0; length < certificate.length; length++) {
                byte[] cut = Arrays.copyOf(certificate, length);
                assertThat(scanner.scanCertificate(cut, 0, length, new SeenNames()))
                        .as("first %d bytes", length)
                        .isNotNull();
            }
        }
    }

    @Test
    void aPieceOfAnOctetStringThatClaimsTooMuchDoesNotLeadOutOfTheBuffer() {
        // 24: octets in pieces; the piece claims 127 bytes, and so do the names in it
        byte[] value = hex("2406 047f 3010 8205");
        byte[] tbs = new CertificateBuilder().with(sequence(hex("0603551d11"), value)).tbs();

        assertThat(scanner.scanTbs(tbs, 0, tbs.length, new SeenNames())).isNotNull();
    }

    @Test
    void aProblemIsForgottenWithTheNextCertificate() {
        byte[] good = CertificateBuilder.forDns("a.test").build();

        assertThat(scanner.scanCertificate(good, 0, good.length - 1, new SeenNames())).isNotNull();
        assertThat(scanner.scanCertificate(good, 0, good.length, new SeenNames())).isNull();
        byte[] nobody = new CertificateBuilder().build();
        assertThat(scanner.scanCertificate(nobody, 0, nobody.length, new SeenNames())).isNull();
    }

    private static void assertInside(List<String> names, int at, int value) {
        if (names.stream().anyMatch(name -> name.contains("outside"))) {
            assertThat(names).as("byte %d changed to %02x", at, value).isEmpty();
        }
    }

    private static List<byte[]> examples() {
        byte[] pieces =
                sequence(
                        hex("0603551d11"),
                        tlv(0x24, tlv(0x04, hex("3008 8206")), tlv(0x04, latin1("a.test"))));
        return List.of(
                CertificateBuilder.forDns("a.test").commonNamed("b.test").build(),
                new CertificateBuilder()
                        .names(tlv(0xa2, string(0x16, "a.test")), dns("c.test"))
                        .build(),
                new CertificateBuilder().with(pieces).build());
    }

    private static byte[] many(byte[] name) {
        return concat(name, name, name, name, name, name, name, name, name, name, name, name);
    }
}
