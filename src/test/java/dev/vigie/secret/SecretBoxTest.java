package dev.vigie.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vigie.secret.SecretBox.SealedException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is sealed opens with its key, at its place and unchanged, and otherwise not at all (S17).
 */
class SecretBoxTest {

    private static final String PLACE = "channel 1";
    private static final Secret SECRET = new Secret("whsec_höchst geheim");
    private static final byte[] OLD = key(1);
    private static final byte[] NEW = key(2);
    private static final SecretBox BOX = new SecretBox(List.of(OLD));
    private static final String SEALED = BOX.seal(SECRET, PLACE);

    private static byte[] key(int filling) {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) filling);
        return key;
    }

    @Test
    void whatWasSealedOpensAtItsPlace() {
        assertThat(BOX.open(SEALED, PLACE)).isEqualTo(SECRET);
        assertThat(BOX.open(BOX.seal(new Secret(""), PLACE), PLACE).reveal()).isEmpty();
    }

    @Test
    void nothingOfTheSecretIsSeenFromOutside() {
        assertThat(SEALED).startsWith("v1:" + BOX.keyId() + ":").doesNotContain("whsec", "geheim");
        assertThat(SECRET).hasToString("(secret)");
        assertThat(SECRET.toString() + List.of(SECRET)).doesNotContain("whsec");
    }

    @Test
    void theSameSecretIsSealedInAnotherWayEachTime() {
        assertThat(Stream.generate(() -> BOX.seal(SECRET, PLACE)).limit(100).distinct())
                .hasSize(100);
    }

    @ParameterizedTest
    @ValueSource(strings = {"channel 2", "channel 1 ", "channel", ""})
    void atAnotherPlaceItStaysClosed(String place) {
        refused(SEALED, place);
    }

    @Test
    void withAnotherKeyItStaysClosed() {
        var other = new SecretBox(List.of(NEW));

        assertThatThrownBy(() -> other.open(SEALED, PLACE))
                .isInstanceOf(SealedException.class)
                .hasMessageContaining(BOX.keyId());
        String underAnotherName = SEALED.replace(BOX.keyId(), other.keyId());
        assertThatThrownBy(() -> other.open(underAnotherName, PLACE))
                .isInstanceOf(SealedException.class);
    }

    @Test
    void withAnyBitOfItChangedItStaysClosed() {
        String head = "v1:" + BOX.keyId() + ":";
        byte[] sealed = Base64.getDecoder().decode(SEALED.substring(head.length()));
        for (int i = 0; i < sealed.length; i++) {
            for (int bit = 0; bit < 8; bit++) {
                byte[] changed = sealed.clone();
                changed[i] ^= (byte) (1 << bit);
                refused(head + Base64.getEncoder().encodeToString(changed), PLACE);
            }
        }
    }

    @Test
    void cutAnywhereItStaysClosed() {
        for (int length = 0; length < SEALED.length(); length++) {
            refused(SEALED.substring(0, length), PLACE);
        }
    }

    static Stream<String> garbage() {
        String head = "v1:" + BOX.keyId() + ":";
        return Stream.of(
                "whsec_not sealed at all",
                "::",
                "v2" + SEALED.substring(2),
                "V1" + SEALED.substring(2),
                head,
                head + "AAAA",
                head + "no base64!",
                head + Base64.getEncoder().encodeToString(new byte[12]),
                head + Base64.getEncoder().encodeToString(new byte[500]),
                "v1:000000000000:" + SEALED.substring(head.length()),
                SEALED + ":",
                SEALED + "AAAA");
    }

    @ParameterizedTest
    @MethodSource("garbage")
    void whatNobodySealedIsRefusedInASentence(String garbage) {
        refused(garbage, PLACE);
    }

    private static void refused(String sealed, String place) {
        assertThatThrownBy(() -> BOX.open(sealed, place))
                .isInstanceOf(SealedException.class)
                .hasMessageStartingWith("A secret cannot be opened: ")
                .hasMessageNotContainingAny("whsec", "geheim")
                .hasNoCause();
    }

    @Test
    void formerKeysOpenAndOnlyTheFirstSeals() {
        var both = new SecretBox(List.of(NEW, OLD));

        assertThat(both.open(SEALED, PLACE)).isEqualTo(SECRET);
        assertThat(both.isOutdated(SEALED)).isTrue();
        assertThat(BOX.isOutdated(SEALED)).isFalse();
        String anew = both.seal(SECRET, PLACE);
        assertThat(both.isOutdated(anew)).isFalse();
        assertThat(new SecretBox(List.of(NEW)).open(anew, PLACE)).isEqualTo(SECRET);
        assertThat(both.isOutdated("whsec_from before there were keys")).isTrue();
        assertThat(both.knows(BOX.keyId())).isTrue();
        assertThat(BOX.knows(both.keyId())).isFalse();
    }

    @Test
    void aKeyIsKnownByAnIdThatSaysNothingOfIt() {
        assertThat(BOX.keyId()).matches("[0-9a-f]{12}").isEqualTo(SecretBox.idOf(OLD));
        assertThat(BOX.keyId()).isNotEqualTo(SecretBox.idOf(NEW)).doesNotContain("01010101");
    }

    @Test
    void aCodeIsGoodForItsPurposeOnly() {
        String code = BOX.code("alert 1");

        assertThat(code).matches("[A-Za-z0-9_-]{43}").isEqualTo(BOX.code("alert 1"));
        assertThat(BOX.isCode("alert 1", code)).isTrue();
        for (String other : List.of("alert 2", "alert 1 ", "confirm 1", "")) {
            assertThat(BOX.isCode(other, code)).isFalse();
        }
        for (String other :
                List.of(
                        "",
                        code + "A",
                        code.substring(1),
                        code.toLowerCase(Locale.ROOT),
                        "é",
                        "\0")) {
            assertThat(BOX.isCode("alert 1", other)).isFalse();
        }
    }

    @Test
    void aCodeOfAFormerKeyIsGoodAndOneOfAStrangersIsNot() {
        var both = new SecretBox(List.of(NEW, OLD));

        assertThat(both.isCode("alert 1", BOX.code("alert 1"))).isTrue();
        assertThat(both.isCode("alert 1", both.code("alert 1"))).isTrue();
        assertThat(BOX.isCode("alert 1", both.code("alert 1"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 16, 31, 33, 64})
    void aKeyOfAnotherLengthIsRefused(int length) {
        assertThatThrownBy(() -> new SecretBox(List.of(new byte[length])))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a key has 32 bytes");
        assertThatThrownBy(() -> new SecretBox(List.of(NEW, new byte[length])))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whoeverChangesTheArrayOfAKeyLaterChangesNothing() {
        byte[] key = key(3);
        var box = new SecretBox(List.of(key));
        String sealed = box.seal(SECRET, PLACE);
        key[0] = 9;

        assertThatCode(() -> box.open(sealed, PLACE)).doesNotThrowAnyException();
    }
}
