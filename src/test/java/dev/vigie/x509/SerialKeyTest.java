package dev.vigie.x509;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.vigie.simulator.CertificateMaker;
import dev.vigie.testing.TestDer;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a certificate and its precertificate have in common. */
class SerialKeyTest {

    private final SerialKey keys = new SerialKey();
    private final CertificateMaker maker = new CertificateMaker(1);

    private CertificateMaker.Issuance issue() {
        return maker.issue(List.of("a.example"), Instant.EPOCH);
    }

    private long ofCertificate(byte[] der) {
        return keys.ofCertificate(der, 0, der.length);
    }

    private long ofTbs(byte[] der) {
        return keys.ofTbs(der, 0, der.length);
    }

    @Test
    void itIsTheSameForACertificateItsPrecertificateAndTheirTbs() {
        CertificateMaker.Issuance issuance = issue();

        long key = ofCertificate(issuance.certificate());

        assertThat(key).isNotEqualTo(SerialKey.NONE);
        assertThat(ofCertificate(issuance.precertificate())).isEqualTo(key);
        assertThat(ofTbs(issuance.tbs())).isEqualTo(key);
    }

    @Test
    void itDiffersFromCertificateToCertificate() {
        Set<Long> seen = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            seen.add(ofTbs(issue().tbs()));
        }

        assertThat(seen).hasSize(1_000);
    }

    @Test
    void aChanceAtEitherEndOfTheSerialNumberCounts() {
        assertThat(ofTbs(serial("01000000000000000000000000000002")))
                .isNotEqualTo(ofTbs(serial("01000000000000000000000000000003")))
                .isNotEqualTo(ofTbs(serial("02000000000000000000000000000002")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "00", "01", "00000000000000", "0000000000000000"})
    void anySerialNumberHasOne(String hex) {
        assertThat(ofTbs(serial(hex))).isNotEqualTo(SerialKey.NONE);
    }

    @Test
    void aCertificateOfVersionOneHasOne() {
        byte[] tbs = TestDer.sequence(TestDer.tlv(TestDer.INTEGER, TestDer.hex("1234")));

        assertThat(ofTbs(tbs)).isEqualTo(ofTbs(serial("1234")));
    }

    private static byte[] serial(String hex) {
        return TestDer.sequence(
                TestDer.hex("a003020102"), TestDer.tlv(TestDer.INTEGER, TestDer.hex(hex)));
    }

    @Test
    void whereThereIsNoSerialNumberThereIsNone() {
        assertThat(ofTbs(new byte[0])).isEqualTo(SerialKey.NONE);
        assertThat(ofCertificate(new byte[40])).isEqualTo(SerialKey.NONE);
        assertThat(ofTbs(TestDer.sequence(TestDer.hex("a003020102")))).isEqualTo(SerialKey.NONE);
        assertThat(ofTbs(TestDer.sequence(TestDer.string(TestDer.UTF8, "serial"))))
                .isEqualTo(SerialKey.NONE);
    }

    @Test
    void nothingIsThrownWhateverTheBytes() {
        var random = new Random(1);
        byte[] good = issue().certificate();
        assertThatCode(
                        () -> {
                            for (int i = 0; i < 20_000; i++) {
                                byte[] bad = good.clone();
                                bad[random.nextInt(40)] = (byte) random.nextInt();
                                int length = random.nextInt(bad.length + 1);
                                keys.ofCertificate(bad, 0, length);
                                keys.ofTbs(bad, 0, length);
                            }
                        })
                .doesNotThrowAnyException();
    }
}
