package dev.vigie.x509;

import static dev.vigie.testing.CertificateBuilder.forDns;
import static dev.vigie.testing.TestDer.OCTETS;
import static dev.vigie.testing.TestDer.UTF8;
import static dev.vigie.testing.TestDer.attribute;
import static dev.vigie.testing.TestDer.commonName;
import static dev.vigie.testing.TestDer.concat;
import static dev.vigie.testing.TestDer.dns;
import static dev.vigie.testing.TestDer.extension;
import static dev.vigie.testing.TestDer.hex;
import static dev.vigie.testing.TestDer.indefinite;
import static dev.vigie.testing.TestDer.latin1;
import static dev.vigie.testing.TestDer.oid;
import static dev.vigie.testing.TestDer.rdn;
import static dev.vigie.testing.TestDer.sequence;
import static dev.vigie.testing.TestDer.string;
import static dev.vigie.testing.TestDer.tlv;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.vigie.testing.CertificateBuilder;
import dev.vigie.testing.SeenNames;
import dev.vigie.testing.Watch;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows C03, C07 to C09 and C20: where the names themselves are malformed, a guess is the least. */
class MalformedNamesTest {

    private static final String WATCHED = "watched.example";
    private static final byte[] NAME = dns(WATCHED);
    private static final byte[] NAMES = sequence(NAME);
    private static final String SAN = CertificateBuilder.SUBJECT_ALT_NAME;

    static Stream<Arguments> alternativeNames() {
        return Stream.of(
                arguments("C03 a byte after the names", names(NAMES, hex("00"))),
                arguments("C03 names after the names", names(sequence(), NAMES)),
                arguments("C03 names cut short", names(hex("301f"), NAME)),
                arguments("C03 no sequence", names(NAME)),
                arguments("C03 last name cut short", names(sequence(NAME, hex("820961")))),
                arguments("C03 first name cut short", names(sequence(hex("827f"), NAME))),
                arguments("C03 bit string", value(tlv(0x03, NAMES))),
                arguments("C03 no string at all", value(NAMES)),
                arguments("C03 two values", value(octets(sequence()), octets(NAMES))),
                arguments("C03 octets in a piece", value(tlv(0x24, octets(NAMES)))),
                arguments("C03 indefinite pieces", value(indefinite(0x24, octets(NAMES)))),
                arguments("C03 sequence as piece", value(tlv(0x24, NAMES))),
                arguments("C03 cut inside a name", value(tlv(0x24, halves(OCTETS, NAMES)))),
                arguments(
                        "C03 pieces of pieces",
                        value(tlv(0x24, tlv(0x24, halves(OCTETS, NAMES)), octets(new byte[0])))),
                arguments("C03 piece cut short", value(tlv(0x24, hex("047f"), NAMES))),
                arguments("C03 name in pieces", names(sequence(tlv(0xa2, halves(0x16, WATCHED))))),
                arguments(
                        "C03 names as pieces",
                        names(sequence(tlv(0xa2, string(0x16, "a.b"), string(0x16, WATCHED))))),
                arguments(
                        "C03 piece of a name cut short",
                        names(sequence(tlv(0xa2, hex("167f"), latin1(WATCHED))))),
                arguments(
                        "C07 extension id cut short",
                        one(sequence(hex("067f"), hex("551d11"), octets(NAMES)))),
                arguments(
                        "C07 inside another extension",
                        one(sequence(oid("2a03"), octets(hex("00")), extension(SAN, NAMES)))),
                arguments(
                        "C07 after the list of extensions",
                        outside(concat(sequence(), extension(SAN, NAMES)))),
                arguments("C07 in a field that is none", field(0xa4, extension(SAN, NAMES))),
                arguments("C07 behind the TBS", behindTheTbs()),
                arguments("C20 cut off", cutOff()));
    }

    static Stream<Arguments> commonNames() {
        return Stream.of(
                arguments("C09 CN in a piece", cn(tlv(0x2c, string(UTF8, WATCHED)))),
                arguments("C09 CN in pieces", cn(tlv(0x2c, halves(UTF8, WATCHED)))),
                arguments(
                        "C09 wide CN in pieces",
                        cn(tlv(0x3e, halves(OCTETS, WATCHED.getBytes(StandardCharsets.UTF_16BE))))),
                arguments("C08 CN cut short", subject(rdn(sequence(oid("550403"), cutShort())))),
                arguments(
                        "C08 attribute cut short", subject(rdn(hex("307f"), commonName(WATCHED)))),
                arguments("C08 RDN cut short", subject(concat(hex("317f"), commonName(WATCHED)))),
                arguments(
                        "C08 attribute id cut short",
                        subject(rdn(sequence(hex("067f550403"), string(UTF8, WATCHED))))),
                arguments("C08 no set", subject(commonName(WATCHED))),
                arguments(
                        "C08 no room for a value",
                        subject(rdn(sequence(oid("550403")), string(UTF8, WATCHED)))),
                arguments(
                        "C08 before a CN that is not UTF-8",
                        subject(
                                rdn(commonName(WATCHED)),
                                rdn(attribute("550403", hex("0c7fff"))))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"alternativeNames", "commonNames"})
    void theNameIsFoundAtLeastAsAPossibleOne(String row, byte[] certificate) {
        assertThat(Watch.domain(WATCHED).hits(certificate)).as(row).hasSize(1);
    }

    static Stream<Arguments> noCertificates() {
        byte[] der = forDns(WATCHED).build();
        String pem =
                "-----BEGIN CERTIFICATE-----\n"
                        + Base64.getMimeEncoder().encodeToString(der)
                        + "\n-----END CERTIFICATE-----\n";
        return Stream.of(
                arguments("C03 names without value", value(hex("0101ff"))),
                arguments("C20 empty", new byte[0]),
                arguments("C20 one byte", hex("30")),
                arguments("C20 two bytes", hex("3000")),
                arguments("C20 all zeros", new byte[1_000]),
                arguments("C20 all ones", hex("ff".repeat(1_000))),
                arguments("C20 PEM", latin1(pem)),
                arguments("C20 PDF", latin1("%PDF-1.7\n1 0 obj <</Type /Catalog>> endobj")),
                arguments("C20 length 2^31 - 1", concat(hex("30847fffffff"), der)),
                arguments("C20 length 2^31", concat(hex("308480000000"), der)),
                arguments("C20 length 2^32 - 1", concat(hex("3084ffffffff"), der)),
                arguments("C20 length 2^63", concat(hex("30888000000000000000"), der)),
                arguments("C20 length of 127 bytes", concat(hex("30ff"), new byte[127], der)),
                arguments("C20 endless tag", concat(hex("3f"), hex("ff".repeat(500)))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("noCertificates")
    void whatIsNoCertificateIsReportedAsAProblem(String row, byte[] bytes) {
        assertThat(SeenNames.of(bytes).problem()).as(row).isNotBlank();
        assertThat(new CertificateScanner().scanTbs(bytes, 0, bytes.length, new SeenNames()))
                .as("as TBS")
                .isNotBlank();
    }

    private static byte[] names(byte[]... value) {
        return one(extension(SAN, concat(value)));
    }

    private static byte[] value(byte[]... elements) {
        return one(sequence(oid(SAN), concat(elements)));
    }

    private static byte[] one(byte[] extension) {
        return new CertificateBuilder().with(extension).build();
    }

    private static byte[] octets(byte[] content) {
        return tlv(OCTETS, content);
    }

    private static byte[] halves(int tag, String text) {
        return halves(tag, latin1(text));
    }

    private static byte[] halves(int tag, byte[] content) {
        return concat(
                tlv(tag, Arrays.copyOf(content, 9)),
                tlv(tag, Arrays.copyOfRange(content, 9, content.length)));
    }

    private static byte[] subject(byte[]... rdns) {
        return new CertificateBuilder().subject(rdns).names(dns("a.test")).build();
    }

    private static byte[] cn(byte[] value) {
        return subject(rdn(commonName(value)));
    }

    private static byte[] cutShort() {
        return concat(hex("0c7f"), latin1(WATCHED));
    }

    /** The content of [3] as it stands. */
    private static byte[] outside(byte[] content) {
        return field(0xa3, content);
    }

    /** A last field of the TBS. */
    private static byte[] field(int tag, byte[] content) {
        byte[] tbs = new CertificateBuilder().tbs();
        byte[] fields = Arrays.copyOfRange(tbs, 3, tbs.length);
        return certificate(sequence(fields, tlv(tag, content)));
    }

    private static byte[] behindTheTbs() {
        return certificate(
                concat(new CertificateBuilder().tbs(), tlv(0xa3, sequence(extension(SAN, NAMES)))));
    }

    private static byte[] certificate(byte[] tbs) {
        return sequence(tbs, CertificateBuilder.ECDSA_WITH_SHA256, tlv(0x03, new byte[65]));
    }

    private static byte[] cutOff() {
        byte[] whole = forDns(WATCHED).build();
        return Arrays.copyOf(whole, whole.length - 60);
    }
}
