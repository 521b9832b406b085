package dev.vigie.ct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.vigie.hash.Sha256;
import dev.vigie.simulator.LogSigner;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LogKeyTest {

    @Test
    void theIdIsTheHashOfTheKey() {
        byte[] spki = LogSigner.ecdsa().spki();

        LogId id = LogKey.parse(spki).id();

        assertThat(id.hash()).isEqualTo(Sha256.hash(spki));
        assertThat(LogId.parse(id.toString())).isEqualTo(id);
        assertThat(LogId.parse(id.hash().base64())).isEqualTo(id);
    }

    @Test
    void anRsaKeyOfLessThan2048BitsIsRefused() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(1024);
        byte[] spki = generator.generateKeyPair().getPublic().getEncoded();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> LogKey.parse(spki))
                .withMessageContaining("2048");
    }

    @Test
    void aKeyOnAnotherCurveIsRefused() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp384r1"));
        byte[] spki = generator.generateKeyPair().getPublic().getEncoded();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> LogKey.parse(spki))
                .withMessageContaining("P-256");
    }

    @Test
    void aKeyOfAnotherKindIsRefused() throws Exception {
        byte[] spki =
                KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPublic().getEncoded();

        assertThatIllegalArgumentException().isThrownBy(() -> LogKey.parse(spki));
    }

    /** L26: a list can hold any bytes as a key. */
    @Test
    void damagedKeysAreReadOrRefusedButNeverAnythingElse() {
        var random = new Random(6962);
        for (LogSigner signer : new LogSigner[] {LogSigner.ecdsa(), LogSigner.rsa()}) {
            for (int i = 0; i < 2000; i++) {
                byte[] spki = signer.spki();
                int reach = i % 2 == 0 ? 30 : spki.length;
                spki[random.nextInt(reach)] = (byte) random.nextInt();
                byte[] damaged =
                        i % 5 == 0 ? Arrays.copyOf(spki, random.nextInt(spki.length)) : spki;

                Throwable thrown = catchThrowable(() -> LogKey.parse(damaged));

                assertThat(thrown)
                        .satisfiesAnyOf(
                                t -> assertThat(t).isNull(),
                                t -> assertThat(t).isInstanceOf(IllegalArgumentException.class));
            }
        }
    }
}
