package dev.vigie.x509;

import static dev.vigie.testing.TestDer.DNS;
import static dev.vigie.testing.TestDer.concat;
import static dev.vigie.testing.TestDer.dns;
import static dev.vigie.testing.TestDer.hex;
import static dev.vigie.testing.TestDer.indefinite;
import static dev.vigie.testing.TestDer.sequence;
import static dev.vigie.testing.TestDer.string;
import static dev.vigie.testing.TestDer.tlv;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vigie.ct.DataTile;
import dev.vigie.ct.EntryBatch;
import dev.vigie.ct.LeafCursor;
import dev.vigie.simulator.CertificateMaker;
import dev.vigie.simulator.OrdinaryNames;
import dev.vigie.testing.CertificateBuilder;
import dev.vigie.testing.PlainNames;
import dev.vigie.testing.RealCertificates;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The walker sees the names that a simple reader sees, and doubts where that doubts, on whatever
 * certificates there are, whole and spoilt ({@link MutatedCertificateTest} has more of these).
 */
class PlainNamesTest {

    private static final long SEED = Long.getLong("vigie.mutants.seed", 20261122);
    private static final int MUTANTS = Integer.getInteger("vigie.mutants", 20_000) / 4;

    private final Random random = new Random(SEED);

    @Test
    void simulatedCertificatesAreReadAlike() {
        var maker = new CertificateMaker(SEED);
        var names = new OrdinaryNames(SEED);
        List<byte[]> certificates = new ArrayList<>(List.of(maker.issuer()));
        for (int i = 0; i < 1000; i++) {
            var issuance = maker.issue(names.next(), Instant.EPOCH);
            certificates.add(issuance.certificate());
            certificates.add(issuance.precertificate());
        }

        areReadAlike(certificates);
        areReadAlike(spoilt(certificates));
    }

    @ParameterizedTest
    @ValueSource(strings = {"certs/made", "certs/ctgo"})
    void realAndOddCertificatesAreReadAlike(String directory) {
        Collection<byte[]> certificates = RealCertificates.in(directory).values();

        areReadAlike(certificates);
        areReadAlike(spoilt(List.copyOf(certificates)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"000", "001", "002", "003"})
    void whatARealLogHasIsReadAlike(String tile) throws Exception {
        byte[] bytes =
                RealCertificates.bytes(
                        RealCertificates.path("tiles/navigli2025h2/tile/data/" + tile));
        EntryBatch batch = DataTile.cut(bytes, bytes.length, 0, DataTile.WIDTH);
        var cursor = new LeafCursor();
        List<byte[]> certificates = new ArrayList<>();
        for (int entry = 0; entry < batch.size(); entry++) {
            assertThat(cursor.read(batch, entry)).isNull();
            byte[] tbs = new byte[cursor.certificateLength()];
            System.arraycopy(bytes, cursor.certificateOffset(), tbs, 0, tbs.length);
            certificates.add(sequence(tbs));
        }

        areReadAlike(certificates);
    }

    /** Encodings of one dNSName that only a hostile author writes. */
    static Stream<byte[]> piecesOfNames() {
        byte[] a = string(0x04, "a.test");
        byte[] b = string(0x04, "b.test");
        return Stream.of(
                tlv(DNS | 0x20, a),
                tlv(DNS | 0x20, a, b),
                tlv(DNS | 0x20, tlv(0x24, a)),
                tlv(DNS | 0x20, tlv(0x24, a), b),
                tlv(DNS | 0x20, hex("2401"), a), // the piece ends outside of its parent
                tlv(DNS | 0x20, hex("2400"), a),
                tlv(DNS | 0x20),
                indefinite(DNS | 0x20, a),
                indefinite(DNS | 0x20, indefinite(0x24, a)),
                indefinite(DNS | 0x20, indefinite(0x24, a), b),
                indefinite(DNS | 0x20, indefinite(0x24)),
                concat(hex("a280"), a, hex("008100")), // not the end of an indefinite length
                concat(hex("a280"), a, hex("0081000000")),
                concat(hex("a280"), a, hex("00")),
                concat(hex("a284ffffffff"), a),
                concat(hex("bf8202"), a));
    }

    @ParameterizedTest
    @MethodSource("piecesOfNames")
    void namesInPiecesAreReadAlike(byte[] name) {
        byte[] certificate =
                CertificateBuilder.forDns("first.test")
                        .names(dns("before.test"), name, dns("after.test"))
                        .build();

        areReadAlike(List.of(certificate));
    }

    private List<byte[]> spoilt(List<byte[]> certificates) {
        List<byte[]> spoilt = new ArrayList<>();
        for (int i = 0; i < MUTANTS / 3; i++) {
            byte[] mutant = certificates.get(random.nextInt(certificates.size())).clone();
            for (int bytes = 1 + random.nextInt(4); bytes > 0 && mutant.length > 0; bytes--) {
                mutant[random.nextInt(mutant.length)] = oddByte();
            }
            spoilt.add(mutant);
        }
        return spoilt;
    }

    /** Any byte, but often one that means something. */
    private byte oddByte() {
        int[] telling = {0x00, 0x80, 0x81, 0x82, 0x24, 0x30, 0xa0, 0xa2, 0xa3, 0x1f, 0x55, 0x1d};
        return (byte)
                (random.nextBoolean()
                        ? random.nextInt(256)
                        : telling[random.nextInt(telling.length)]);
    }

    private static void areReadAlike(Collection<byte[]> certificates) {
        assertThat(certificates).isNotEmpty();
        assertThat(certificates.stream().map(PlainNames::difference).filter(d -> !d.isEmpty()))
                .isEmpty();
    }
}
