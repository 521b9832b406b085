package dev.vigie.hash;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Sha256Test {

    private static final Sha256 OF_ABC = Sha256.hash("abc".getBytes(US_ASCII));

    @Test
    void theHashOfAbcIsThatOfTheStandard() {
        assertThat(OF_ABC)
                .hasToString("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    @Test
    void bothTextFormsReadBack() {
        assertThat(Sha256.parseHex(OF_ABC.toString())).isEqualTo(OF_ABC);
        assertThat(Sha256.parseBase64(OF_ABC.base64())).isEqualTo(OF_ABC);
    }

    @Test
    void valuesAreOrderedAsUnsignedBytes() {
        Sha256 low = Sha256.parseHex("7f" + "00".repeat(31));
        Sha256 high = Sha256.parseHex("80" + "00".repeat(31));

        assertThat(low).isLessThan(high);
    }

    @Test
    void nobodyCanChangeAValueFromOutside() {
        byte[] given = OF_ABC.bytes();
        Sha256 value = Sha256.of(given);
        given[0]++;
        value.bytes()[1]++;

        assertThat(value).isEqualTo(OF_ABC).hasSameHashCodeAs(OF_ABC);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "AAAA",
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA_=",
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n",
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
            })
    void base64OfAnythingElseIsRefused(String base64) {
        assertThatIllegalArgumentException().isThrownBy(() -> Sha256.parseBase64(base64));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "00", "0x", "zz"})
    void hexOfAnythingElseIsRefused(String hex) {
        assertThatIllegalArgumentException().isThrownBy(() -> Sha256.parseHex(hex));
    }
}
