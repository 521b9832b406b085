package dev.vigie.hash;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Sha256Test {

    private static final String ABC =
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    private static final String NOTHING =
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    @Test
    void theHashesAreThoseOfFips180() {
        assertThat(Sha256.hash("abc".getBytes(US_ASCII))).hasToString(ABC);
        assertThat(Sha256.hash(new byte[0])).hasToString(NOTHING);
        assertThat(Sha256.hash("xabcx".getBytes(US_ASCII), 1, 3)).hasToString(ABC);
    }

    @Test
    void hexOfEitherCaseAndBase64AreReadBack() {
        Sha256 hash = Sha256.parseHex(ABC.toUpperCase(Locale.ROOT));

        assertThat(hash).hasToString(ABC);
        assertThat(hash.base64()).isEqualTo("ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=");
        assertThat(Sha256.parseBase64(hash.base64())).isEqualTo(hash).hasSameHashCodeAs(hash);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ba78",
                "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015a",
                "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad00",
                "zz7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
            })
    void whatIsNot64HexDigitsIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Sha256.parseHex(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ungW", "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0AAAAA", "-"})
    void whatIsNotBase64Of32BytesIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Sha256.parseBase64(text));
    }

    @Test
    void nobodyCanChangeItFromOutside() {
        byte[] bytes = HexFormat.of().parseHex(ABC);
        Sha256 hash = Sha256.of(bytes);
        Sha256 slice = Sha256.at(bytes, 0);

        Arrays.fill(bytes, (byte) 0);
        Arrays.fill(hash.bytes(), (byte) 0);

        assertThat(hash).hasToString(ABC);
        assertThat(slice).hasToString(ABC);
    }

    @Test
    void aSliceIsThe32BytesAtItsOffset() {
        byte[] source = new byte[40];
        source[5] = 1;
        source[36] = 2;

        assertThat(Sha256.at(source, 5)).hasToString("01" + "00".repeat(30) + "02");
    }

    @Test
    void aSliceThatIsCutShortIsRefusedAndNotFilledUp() {
        assertThatThrownBy(() -> Sha256.at(new byte[40], 9))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void orderIsThatOfUnsignedBytes() {
        Sha256 low = Sha256.parseHex("7f" + "ff".repeat(31));
        Sha256 high = Sha256.parseHex("80" + "00".repeat(31));

        assertThat(low).isLessThan(high).isNotEqualTo(high);
        assertThat(high).isEqualByComparingTo(Sha256.parseHex(high.toString()));
    }
}
