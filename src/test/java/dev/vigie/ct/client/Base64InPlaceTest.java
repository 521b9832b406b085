package dev.vigie.ct.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Base64InPlaceTest {

    @Test
    void itDecodesWhatTheJdkEncodes() {
        var random = new Random(4648);
        for (int i = 0; i < 5000; i++) {
            byte[] data = new byte[random.nextInt(200)];
            random.nextBytes(data);
            byte[] base64 = Base64.getEncoder().encode(data);
            int start = 1 + random.nextInt(5);
            byte[] buffer = new byte[start + base64.length + 5];
            Arrays.fill(buffer, (byte) '"');
            System.arraycopy(base64, 0, buffer, start, base64.length);

            int length = Base64InPlace.decode(buffer, start, start + base64.length);

            assertThat(length).isEqualTo(data.length);
            assertThat(Arrays.copyOfRange(buffer, start, start + length)).isEqualTo(data);
            assertThat(Arrays.copyOf(buffer, start)).containsOnly('"');
            assertThat(Arrays.copyOfRange(buffer, start + base64.length, buffer.length))
                    .containsOnly('"');
        }
    }

    /** L18: as strict as the JDK, and about the padding more so. */
    @Test
    void itRefusesWhateverTheJdkRefuses() {
        var random = new Random(4648);
        String characters = "AZaz09+/=-_ \n\0é!";
        for (int i = 0; i < 50_000; i++) {
            var text = new StringBuilder();
            for (int length = random.nextInt(13); length > 0; length--) {
                int reach = random.nextInt(4) == 0 ? characters.length() : 8;
                text.append(characters.charAt(random.nextInt(reach)));
            }
            byte[] buffer = text.toString().getBytes(ISO_8859_1);
            Optional<byte[]> expected = text.length() % 4 == 0 ? jdk(buffer) : Optional.empty();

            int length = Base64InPlace.decode(buffer, 0, buffer.length);

            assertThat(length).as("%s", text).isEqualTo(expected.map(b -> b.length).orElse(-1));
            expected.ifPresent(b -> assertThat(Arrays.copyOf(buffer, length)).isEqualTo(b));
        }
    }

    private static Optional<byte[]> jdk(byte[] base64) {
        try {
            return Optional.of(Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** L18 */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "A",
                "AA",
                "AAA",
                "AAAAA",
                "====",
                "A===",
                "AA=A",
                "AA==AAAA",
                "AA A",
                "-_AA",
                "AA\n=",
                "AAAA\n"
            })
    void thisIsNoBase64(String text) {
        byte[] buffer = text.getBytes(ISO_8859_1);

        assertThat(Base64InPlace.decode(buffer, 0, buffer.length)).isEqualTo(-1);
    }
}
