package dev.vigie.x509;

import static dev.vigie.testing.CertificateBuilder.forDns;
import static dev.vigie.testing.TestDer.dns;
import static dev.vigie.testing.TestDer.extension;
import static dev.vigie.testing.TestDer.hex;
import static dev.vigie.testing.TestDer.oid;
import static dev.vigie.testing.TestDer.sequence;
import static dev.vigie.testing.TestDer.tlv;
import static dev.vigie.testing.TestDer.tlvWithLengthOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.vigie.hash.Sha256;
import dev.vigie.simulator.CertificateMaker;
import dev.vigie.simulator.OrdinaryNames;
import dev.vigie.testing.CertificateBuilder;
import dev.vigie.testing.RealCertificates;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Row C27 of the fault table: what is one issuance, and what is not. */
class TbsHashTest {

    private static final byte[] POISON =
            sequence(oid("2b06010401d6790204 03"), hex("0101ff"), tlv(0x04, hex("0500")));
    private static final byte[] SCTS = extension("2b06010401d6790204 02", hex("0402 0000"));
    private static final byte[] OTHER = extension("2a0304", hex("0500"));

    @Test
    void aRealCertificateAndItsPrecertificateAreOneIssuance() {
        assertThat(real("testdata_TestEmbeddedCertPEM.pem"))
                .isPresent()
                .isEqualTo(real("testdata_TestPreCertPEM.pem"))
                .isNotEqualTo(real("testdata_CACertPEM.pem"));
    }

    private static Optional<Sha256> real(String file) {
        return TbsHash.ofCertificate(
                RealCertificates.der(RealCertificates.path("certs/ctgo/" + file)));
    }

    @Test
    void simulatedIssuancesAreJoinedAndKeptApart() {
        var maker = new CertificateMaker(7);
        var names = new OrdinaryNames(7);
        Set<Sha256> hashes = new HashSet<>();
        for (int i = 0; i < 300; i++) {
            var issuance = maker.issue(names.next(), Instant.parse("2026-01-01T00:00:00Z"));
            Sha256 hash = TbsHash.ofTbs(issuance.tbs());

            assertThat(hash).isEqualTo(Sha256.hash(issuance.tbs()));
            assertThat(TbsHash.ofCertificate(issuance.certificate())).contains(hash);
            assertThat(TbsHash.ofCertificate(issuance.precertificate())).contains(hash);
            assertThat(hashes.add(hash)).isTrue();
        }
    }

    static Stream<Arguments> places() {
        return Stream.of(
                arguments("first", forDns("a.test").with(OTHER), before(POISON)),
                arguments("last", forDns("a.test").with(OTHER), after(POISON)),
                arguments("list of SCTs", forDns("a.test").with(OTHER), after(SCTS)),
                arguments("both", forDns("a.test").with(OTHER), after(POISON).with(SCTS)),
                arguments("twice", forDns("a.test").with(OTHER), after(SCTS).with(SCTS)),
                arguments(
                        "alone", new CertificateBuilder(), new CertificateBuilder().with(POISON)));
    }

    private static CertificateBuilder before(byte[] extension) {
        return new CertificateBuilder().with(extension).names(dns("a.test")).with(OTHER);
    }

    private static CertificateBuilder after(byte[] extension) {
        return forDns("a.test").with(OTHER).with(extension);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("places")
    void whatDiffersIsTakenOutWhereverItStands(
            String place, CertificateBuilder bare, CertificateBuilder logged) {
        assertThat(TbsHash.strip(logged.tbs())).as(place).isEqualTo(bare.tbs());
        assertThat(TbsHash.ofCertificate(logged.build())).contains(Sha256.hash(bare.tbs()));
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                0, 1, 60, 90, 91, 92, 93, 94, 95, 120, 127, 128, 200, 255, 256, 65_000, 65_535,
                65_536, 70_000
            })
    void theLengthsAroundAreWrittenAnewAtEverySize(int size) {
        byte[] filler = extension("2a0305", new byte[size]);

        assertThat(TbsHash.strip(forDns("a.test").with(filler).with(SCTS).tbs()))
                .isEqualTo(forDns("a.test").with(filler).tbs());
    }

    @Test
    void theSignatureDoesNotCountAndEverythingElseDoes() {
        byte[] one = forDns("a.test").build();
        byte[] signedAgain = one.clone();
        signedAgain[one.length - 1] ^= 1;
        var hash = TbsHash.ofCertificate(one);

        assertThat(TbsHash.ofCertificate(signedAgain)).isPresent().isEqualTo(hash);
        assertThat(TbsHash.ofCertificate(forDns("b.test").build())).isNotEqualTo(hash);
        assertThat(TbsHash.ofCertificate(forDns("a.test").serial(hex("020102")).build()))
                .isNotEqualTo(hash);
        assertThat(TbsHash.ofCertificate(forDns("a.test").with(OTHER).build())).isNotEqualTo(hash);
    }

    @Test
    void aTbsWithoutEitherStaysAsItIsHoweverOdd() {
        byte[] odd =
                forDns("a.test")
                        .serial(tlvWithLengthOf(3, 0x02, hex("01")))
                        .with(hex("0500"))
                        .tbs();

        assertThat(TbsHash.strip(odd)).isEqualTo(odd);
    }

    @Test
    void anyBytesHaveAHashOrNoneButNeverAnException() {
        long seed = 20261122;
        var random = new Random(seed);
        byte[] certificate = after(POISON).with(SCTS).build();
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = Arrays.copyOf(certificate, random.nextInt(certificate.length + 20));
            for (int n = random.nextInt(4); n > 0 && bytes.length > 0; n--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            assertThat(TbsHash.ofTbs(bytes)).as("seed %d, round %d", seed, i).isNotNull();
            assertThat(TbsHash.ofCertificate(bytes)).as("seed %d, round %d", seed, i).isNotNull();
        }
        assertThat(TbsHash.ofCertificate(new byte[0])).isEmpty();
        assertThat(TbsHash.ofCertificate(new byte[100])).isEmpty();
    }
}
