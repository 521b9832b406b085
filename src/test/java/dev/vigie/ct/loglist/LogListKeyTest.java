package dev.vigie.ct.loglist;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.vigie.simulator.LogSigner;
import dev.vigie.testing.SharedData;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogListKeyTest {

    private static final String SIGNATURE = "loglist/gstatic_v3_all_logs_list.sig";
    private static final byte[] LIST = "{\"operators\":[]}".getBytes(UTF_8);
    private static final LogSigner SIGNER = LogSigner.rsa();

    private final LogListKey key = LogListKey.parsePem(SIGNER.pem());

    @Test
    void theRealListVerifiesWithTheKeyThatIsShippedWithVigie() throws Exception {
        LogListKey shipped = shipped();
        byte[] list = SharedData.read(SharedData.LOG_LIST);
        byte[] signature = SharedData.read(SIGNATURE);

        assertThatCode(() -> shipped.check(list, signature)).doesNotThrowAnyException();
    }

    /** L26 */
    @Test
    void theRealListWithOneOtherBitDoesNotVerify() throws Exception {
        LogListKey shipped = shipped();
        byte[] list = SharedData.read(SharedData.LOG_LIST);
        list[list.length / 2] ^= 1;

        assertThatExceptionOfType(LogListException.class)
                .isThrownBy(() -> shipped.check(list, SharedData.read(SIGNATURE)))
                .withMessage("The signature of the log list does not verify.");
    }

    private static LogListKey shipped() throws IOException {
        try (InputStream pem =
                LogListKeyTest.class.getResourceAsStream("/log-list-public-key.pem")) {
            return LogListKey.parsePem(new String(pem.readAllBytes(), UTF_8));
        }
    }

    @Test
    void aListOfTheKeysOwnerVerifies() {
        assertThatCode(() -> key.check(LIST, SIGNER.sign(LIST))).doesNotThrowAnyException();
    }

    /** L26: also what a .sig file newer than its list looks like. */
    @Test
    void aSignatureOfAnotherListOrKeyIsRefused() {
        byte[] ofAnotherList = SIGNER.sign(new byte[] {'{', '}'});
        byte[] ofAnotherKey = LogSigner.rsa().sign(LIST);

        for (byte[] signature : new byte[][] {ofAnotherList, ofAnotherKey}) {
            assertThatExceptionOfType(LogListException.class)
                    .isThrownBy(() -> key.check(LIST, signature));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 255, 257, 512, 1 << 20})
    void aSignatureOfAnotherLengthIsRefused(int length) {
        byte[] signature = Arrays.copyOf(SIGNER.sign(LIST), length);

        assertThatExceptionOfType(LogListException.class)
                .isThrownBy(() -> key.check(LIST, signature))
                .withMessageStartingWith("The signature of the log list ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "PEM",
                "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n",
                "-----BEGIN PUBLIC KEY-----\nA\n-----END PUBLIC KEY-----\n"
            })
    void whatIsNoKeyIsRefused(String pem) {
        assertThatIllegalArgumentException().isThrownBy(() -> LogListKey.parsePem(pem));
    }

    @Test
    void aKeyOfAnotherKindIsRefused() {
        String pem = LogSigner.ecdsa().pem();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> LogListKey.parsePem(pem))
                .withMessage("not an RSA public key in PEM form");
    }
}
