package dev.vigie.x509;

import static dev.vigie.testing.CertificateBuilder.forDns;
import static dev.vigie.testing.TestDer.BMP;
import static dev.vigie.testing.TestDer.UTF8;
import static dev.vigie.testing.TestDer.attribute;
import static dev.vigie.testing.TestDer.commonName;
import static dev.vigie.testing.TestDer.concat;
import static dev.vigie.testing.TestDer.dns;
import static dev.vigie.testing.TestDer.extension;
import static dev.vigie.testing.TestDer.hex;
import static dev.vigie.testing.TestDer.rdn;
import static dev.vigie.testing.TestDer.sequence;
import static dev.vigie.testing.TestDer.string;
import static dev.vigie.testing.TestDer.text;
import static dev.vigie.testing.TestDer.tlv;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.vigie.rule.Hit;
import dev.vigie.testing.CertificateBuilder;
import dev.vigie.testing.SeenNames;
import dev.vigie.testing.TestDer;
import dev.vigie.testing.Watch;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows C17 to C19 of the fault table. The limit is there to end what would never end. */
@Timeout(60)
class HugeCertificateTest {

    private static final String WATCHED = "watched.example";
    private static final int MANY = 100_000;
    private static final int MEBI = 1 << 20;

    @Test
    void theLastOfManyNamesIsFound() {
        byte[] certificate =
                names(
                        IntStream.range(0, MANY)
                                .mapToObj(i -> i == MANY - 1 ? WATCHED : i + ".test"));

        assertThat(Watch.exact(WATCHED).hits(certificate))
                .singleElement()
                .satisfies(hit -> assertThat(hit.names()).containsExactly(WATCHED));
    }

    @Test
    void namesThatAllMeetOneRuleMakeOneHitThatCountsThem() {
        byte[] certificate =
                names(IntStream.range(0, MANY).mapToObj(i -> "n" + i + ".watched.example"));

        assertThat(Watch.domain(WATCHED).hits(certificate))
                .singleElement()
                .satisfies(hit -> assertThat(hit.nameCount()).isEqualTo(MANY))
                .satisfies(hit -> assertThat(hit.names()).hasSize(100));
    }

    @Test
    void oneNameManyTimesCountsOnce() {
        byte[] certificate = names(Stream.generate(() -> WATCHED).limit(MANY / 2));

        assertThat(Watch.domain(WATCHED).hits(certificate))
                .singleElement()
                .extracting(Hit::nameCount)
                .isEqualTo(1);
    }

    static Stream<Arguments> huge() {
        byte[] filler = string(UTF8, "x".repeat(6 * MEBI));
        String longText = "watched.".repeat(MEBI / 4) + WATCHED;
        return Stream.of(
                arguments(
                        "C18 huge subject",
                        forDns(WATCHED).subject(many(rdn(org("x")), 1_000_000))),
                arguments(
                        "C18 huge RDN", forDns(WATCHED).subject(rdn(attribute("55040a", filler)))),
                arguments("C18 huge CN", forDns(WATCHED).subject(rdn(commonName(filler)))),
                arguments("C18 huge name in CN", common(string(UTF8, longText))),
                arguments(
                        "C18 huge wide CN", common(text(BMP, longText, StandardCharsets.UTF_16BE))),
                arguments("C18 huge dNSName", forDns("a".repeat(6 * MEBI) + "." + WATCHED)),
                arguments("C18 huge U-labels", forDns("\u00fc\u00ff.".repeat(MEBI) + WATCHED)),
                arguments("C18 huge OID", with(tlv(0x06, new byte[MEBI]))),
                arguments("C18 huge id", with(sequence(tlv(0x06, new byte[MEBI]), hex("0400")))),
                arguments("C18 huge serial", forDns(WATCHED).serial(tlv(0x02, new byte[4 * MEBI]))),
                arguments("C18 many extensions", with(many(extension("2a03", hex("00")), MEBI))),
                arguments("C19 in an extension", with(extension("2a03", nested(MANY)))),
                arguments("C19 as an extension", with(nested(MANY))),
                arguments("C19 in the key", forDns(WATCHED).key(nested(MANY))),
                arguments("C19 in the subject", forDns(WATCHED).subject(nested(MANY))),
                arguments("C19 beside the name", beside(nested(MANY))),
                arguments("C19 indefinite", beside(many(hex("3080"), MANY))),
                arguments("C19 indefinite key", forDns(WATCHED).key(many(hex("3080"), MANY))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("huge")
    void theNameIsFoundBesideSomethingHuge(String row, CertificateBuilder certificate) {
        assertThat(Watch.domain(WATCHED).hits(certificate.build())).as(row).hasSize(1);
    }

    @Test
    void deepNestingAloneIsNoCertificate() {
        byte[] indefinite = many(hex("3080"), 1_000_000);
        byte[] definite = nested(MANY);

        assertThat(SeenNames.of(indefinite).problem()).isNotBlank();
        assertThat(SeenNames.of(definite).problem()).isNotBlank();
        assertThat(TbsHash.ofCertificate(indefinite)).isEmpty();
    }

    private static byte[] names(Stream<String> names) {
        return new CertificateBuilder()
                .names(names.map(TestDer::dns).toArray(byte[][]::new))
                .build();
    }

    private static CertificateBuilder with(byte[] extension) {
        return new CertificateBuilder().with(extension).names(dns(WATCHED));
    }

    private static CertificateBuilder beside(byte[] generalName) {
        return new CertificateBuilder().names(generalName, dns(WATCHED));
    }

    private static CertificateBuilder common(byte[] value) {
        return new CertificateBuilder().subject(rdn(commonName(value)));
    }

    private static byte[] org(String name) {
        return attribute("55040a", string(UTF8, name));
    }

    private static byte[] many(byte[] element, int times) {
        byte[] all = new byte[element.length * times];
        for (int i = 0; i < times; i++) {
            System.arraycopy(element, 0, all, i * element.length, element.length);
        }
        return all;
    }

    /** Sequences in sequences, each with its right length. */
    private static byte[] nested(int depth) {
        byte[] headers = new byte[6 * depth];
        int position = headers.length;
        int length = 0;
        for (int i = 0; i < depth; i++) {
            byte[] header = Arrays.copyOf(concat(TestDer.tlvWithLengthOf(4, 0x30)), 6);
            for (int b = 0; b < 4; b++) {
                header[5 - b] = (byte) (length >>> 8 * b);
            }
            position -= 6;
            System.arraycopy(header, 0, headers, position, 6);
            length += 6;
        }
        return headers;
    }
}
