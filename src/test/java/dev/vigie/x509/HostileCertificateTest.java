package dev.vigie.x509;

import static dev.vigie.testing.CertificateBuilder.forDns;
import static dev.vigie.testing.CertificateBuilder.validity;
import static dev.vigie.testing.TestDer.BMP;
import static dev.vigie.testing.TestDer.OCTETS;
import static dev.vigie.testing.TestDer.PRINTABLE;
import static dev.vigie.testing.TestDer.SEQUENCE;
import static dev.vigie.testing.TestDer.SET;
import static dev.vigie.testing.TestDer.TELETEX;
import static dev.vigie.testing.TestDer.UNIVERSAL;
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
import static dev.vigie.testing.TestDer.text;
import static dev.vigie.testing.TestDer.tlv;
import static dev.vigie.testing.TestDer.tlvWithLengthOf;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.vigie.testing.CertificateBuilder;
import dev.vigie.testing.SeenNames;
import dev.vigie.testing.Watch;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows C01 to C15 of the fault table: whatever else a certificate holds, its names are read. */
class HostileCertificateTest {

    private static final String WATCHED = "watched.example";
    private static final byte[] NAME = dns(WATCHED);
    private static final String SAN = CertificateBuilder.SUBJECT_ALT_NAME;

    static Stream<Arguments> alternativeNames() {
        return Stream.of(
                arguments("C01 NUL", forDns("watched.example\0.evil.test")),
                arguments("C02 URI of garbage", beside(string(0x86, "//[::bad"))),
                arguments("C02 URI without host", beside(string(0x86, "x"))),
                arguments("C02 empty URI", beside(string(0x86, ""))),
                arguments("C02 IP of 5 bytes", beside(tlv(0x87, new byte[5]))),
                arguments("C02 otherName without value", beside(tlv(0xa0, oid("2a03")))),
                arguments("C02 otherName of garbage", beside(tlv(0xa0, hex("ffff")))),
                arguments("C02 directoryName of garbage", beside(tlv(0xa4, hex("30ff")))),
                arguments("C02 ediPartyName", beside(tlv(0xa5, hex("a105")))),
                arguments("C02 unknown kind", beside(tlv(0x8e, hex("00")))),
                arguments("C02 long tag", beside(hex("bf8101 02 0500"))),
                arguments("C03 SET", names(tlv(SET, NAME))),
                arguments("C03 indefinite", names(indefinite(SEQUENCE, NAME))),
                arguments("C03 longer length", names(tlvWithLengthOf(4, SEQUENCE, NAME))),
                arguments("C03 longer name", beside(tlvWithLengthOf(3, 0x82, latin1(WATCHED)))),
                arguments("C07 second of two", forDns("a.test").names(NAME)),
                arguments("C07 first of two", forDns(WATCHED).names(dns("a.test"))),
                arguments("C07 after an empty one", new CertificateBuilder().names().names(NAME)),
                arguments("C11 upper case", forDns("WATCHED.Example")),
                arguments("C11 dots", forDns("..watched.example..")),
                arguments("C11 blanks", forDns(" \twatched.example\n")),
                arguments("C12 wildcard", forDns("*.watched.example")),
                arguments("C12 wildcard above", forDns("*.example")),
                arguments("C13 broken label", forDns("xn--\u00ff.watched.example")),
                arguments("C13 long label", forDns("a".repeat(64) + ".watched.example")),
                arguments("C13 long name", forDns("a".repeat(300) + ".watched.example")),
                arguments("C13 empty label", forDns("a..b.watched.example")),
                arguments("C15 URL", forDns("https://watched.example/x")),
                arguments("C15 port", forDns("watched.example:443")));
    }

    static Stream<Arguments> otherParts() {
        return Stream.of(
                arguments("C04 basicConstraints", with(extension("551d13", hex("0101")))),
                arguments("C04 AIA", with(extension("2b06010505070101", hex("30033001")))),
                arguments("C04 policies", with(extension("551d20", hex("ff")))),
                arguments("C04 CRL points", with(extension("551d1f", new byte[0]))),
                arguments("C04 unknown critical", with(critical("2a030405", hex("00")))),
                arguments("C04 critical SAN", one(critical(SAN, sequence(NAME)))),
                arguments("C04 no octets", with(sequence(oid("2a03"), sequence()))),
                arguments("C05 version 10", watched().version(hex("a00302010a"))),
                arguments("C05 no version", watched().version(new byte[0])),
                arguments("C05 negative serial", watched().serial(hex("0201ff"))),
                arguments("C05 serial 0", watched().serial(hex("020100"))),
                arguments("C05 empty serial", watched().serial(hex("0200"))),
                arguments("C05 long serial", watched().serial(tlv(0x02, new byte[21]))),
                arguments("C05 month 13", dated("271301000000Z", "271301000000Z")),
                arguments("C05 reversed", dated("270101000000Z", "260101000000Z")),
                arguments("C05 year 9999", dated("260101000000Z", "99991231235959Z")),
                arguments("C05 no dates", watched().validity(sequence())),
                arguments("C06 unknown curve", keyed(oid("2a8648ce3d0201"), oid("2a0304"))),
                arguments("C06 RSA of 1 bit", keyed(oid("2a864886f70d010101"), hex("0500"))),
                arguments("C06 64 Kbit", watched().key(sequence(tlv(0x03, new byte[8_200])))),
                arguments("C06 ML-DSA", keyed(oid("608648016503040311"), new byte[0])),
                arguments("C06 key of garbage", watched().key(sequence(hex("ffff")))),
                arguments("C06 algorithms", watched().outerSignature(sequence(oid("2a03")))),
                arguments("C06 no algorithm", watched().signature(sequence())));
    }

    static Stream<Arguments> commonNames() {
        return Stream.of(
                arguments("C08 CN", subject(rdn(commonName(WATCHED)))),
                arguments("C08 CN beside a SAN", forDns("a.test").commonNamed(WATCHED)),
                arguments("C08 second CN", subject(rdn(cn("a.test")), rdn(cn(WATCHED)))),
                arguments("C08 first CN", subject(rdn(cn(WATCHED)), rdn(cn("a.test")))),
                arguments("C08 multi-valued", subject(rdn(cn("a.test"), cn(WATCHED)))),
                arguments("C08 after others", subject(rdn(org(), cn(WATCHED)), rdn(org()))),
                arguments("C09 BMPString", cn(text(BMP, WATCHED, UTF_16BE))),
                arguments("C09 UniversalString", cn(text(UNIVERSAL, WATCHED, utf32()))),
                arguments("C09 TeletexString", cn(string(TELETEX, WATCHED))),
                arguments("C09 invalid UTF8", cn(string(UTF8, "\u00ff." + WATCHED))),
                arguments("C09 wildcard", cn(string(PRINTABLE, "*." + WATCHED))),
                arguments("C09 mail", cn(string(PRINTABLE, "me@" + WATCHED))),
                arguments("C09 surrogate", cn(tlv(BMP, hex("d800 002e"), wide(WATCHED)))),
                arguments("C09 odd length", cn(tlv(BMP, wide(WATCHED), hex("78")))),
                arguments(
                        "C09 no character",
                        cn(tlv(UNIVERSAL, hex("7fffffff 0000002e"), utf32(WATCHED)))),
                arguments("C09 other tag", cn(string(0x19, WATCHED))),
                arguments("C13 U-label", cn(string(UTF8, "b\u00fccher." + WATCHED))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"alternativeNames", "otherParts", "commonNames"})
    void theNameIsFoundForCertain(String row, CertificateBuilder certificate) {
        assertThat(Watch.domain(WATCHED).hits(certificate.build()))
                .as(row)
                .singleElement()
                .satisfies(hit ->
                        assertThat(hit.reasons())
                                .isNotEmpty()
                                .noneMatch(reason -> reason.startsWith("possible")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"alternativeNames", "otherParts", "commonNames"})
    void theBareTbsOfALogHasTheSameNames(String row, CertificateBuilder certificate) {
        byte[] tbs = certificate.tbs();
        var seen = new SeenNames();

        String problem = new CertificateScanner().scanTbs(tbs, 0, tbs.length, seen);

        SeenNames whole = SeenNames.of(certificate.build());
        assertThat(seen.names()).as(row).isNotEmpty().isEqualTo(whole.names());
        assertThat(problem).isEqualTo(whole.problem()).isNull();
    }

    static Stream<Arguments> framesInBer() {
        byte[] tbs = watched().tbs();
        byte[] content = Arrays.copyOfRange(tbs, tbs[1] < 0 ? 2 + (tbs[1] & 0x7f) : 2, tbs.length);
        byte[] rest = concat(CertificateBuilder.ECDSA_WITH_SHA256, tlv(0x03, hex("00")));
        return Stream.of(
                arguments("C03 long outside", tlvWithLengthOf(4, SEQUENCE, tbs, rest)),
                arguments("C03 indefinite outside", indefinite(SEQUENCE, tbs, rest)),
                arguments(
                        "C03 both indefinite",
                        indefinite(SEQUENCE, indefinite(SEQUENCE, content), rest)),
                arguments("C03 bytes behind", concat(watched().build(), hex("deadbeef"))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("framesInBer")
    void framesOfUnusualLengthsAreFollowed(String row, byte[] certificate) {
        SeenNames seen = SeenNames.of(certificate);

        assertThat(seen.names()).as(row).containsExactly("dns:" + WATCHED);
        assertThat(seen.problem()).isNull();
    }

    static Stream<Arguments> silent() {
        return Stream.of(
                arguments("C10 empty subject", new CertificateBuilder()),
                arguments("C10 empty SAN", new CertificateBuilder().names()),
                arguments("C10 empty dNSName", forDns("")),
                arguments("C10 empty CN", cn(string(UTF8, ""))),
                arguments("C10 empty RDN", subject(rdn())),
                arguments("another name", forDns("watched.example.test")),
                arguments(
                        "mail alone",
                        new CertificateBuilder().names(string(0x81, "me@" + WATCHED))),
                arguments(
                        "another attribute",
                        subject(rdn(attribute("55040a", string(UTF8, WATCHED))))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("silent")
    void aCertificateThatNamesOthersOrNobodyIsReadAndIsSilent(
            String row, CertificateBuilder certificate) {
        assertThat(SeenNames.of(certificate.build()).problem()).as(row).isNull();
        assertThat(Watch.domain(WATCHED).hits(certificate.build())).as(row).isEmpty();
    }

    private static CertificateBuilder watched() {
        return forDns(WATCHED);
    }

    private static CertificateBuilder beside(byte[] generalName) {
        return new CertificateBuilder().names(dns("a.test"), generalName, NAME);
    }

    private static CertificateBuilder names(byte[] sequence) {
        return one(extension(SAN, sequence));
    }

    private static CertificateBuilder one(byte[] extension) {
        return new CertificateBuilder().with(extension);
    }

    private static CertificateBuilder with(byte[] extension) {
        return one(extension).names(NAME).with(extension);
    }

    private static byte[] critical(String oid, byte[] value) {
        return sequence(oid(oid), hex("0101ff"), tlv(OCTETS, value));
    }

    private static CertificateBuilder dated(String notBefore, String notAfter) {
        return watched().validity(validity(notBefore, notAfter));
    }

    private static CertificateBuilder keyed(byte[]... algorithm) {
        return watched().key(sequence(sequence(algorithm), tlv(0x03, hex("00 01"))));
    }

    private static CertificateBuilder subject(byte[]... rdns) {
        return new CertificateBuilder().subject(rdns);
    }

    private static CertificateBuilder cn(byte[] value) {
        return subject(rdn(commonName(value)));
    }

    private static byte[] cn(String name) {
        return commonName(name);
    }

    private static byte[] org() {
        return attribute("55040a", string(UTF8, "Odd, Inc."));
    }

    private static byte[] wide(String text) {
        return text.getBytes(UTF_16BE);
    }

    private static Charset utf32() {
        return Charset.forName("UTF-32BE");
    }

    private static byte[] utf32(String text) {
        return text.getBytes(utf32());
    }
}
