package dev.vigie.dns;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.vigie.testing.HostileNames;
import dev.vigie.testing.HostileNames.HostileName;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows C01, C21 to C25 of the fault table, as far as plain text goes. */
class InertNameTest {

    static Stream<Arguments> texts() {
        return Stream.of(
                arguments("www.example.com", "www.example.com"),
                arguments("", ""),
                arguments("watched.example\0.evil.test", "watched.example\\x00.evil.test"),
                arguments("a\r\nBcc: x@y.example", "a\\x0d\\x0aBcc: x@y.example"),
                arguments("\u001b[31mred\u0007", "\\x1b[31mred\\x07"),
                arguments("a\tb\u007fc", "a\\x09b\\x7fc"),
                arguments("a\\b", "a\\\\b"),
                arguments("\\x00", "\\\\x00"),
                arguments("bücher.example", "b\\xc3\\xbccher.example"),
                arguments("a\u202eb\u2028c\u0085", "a\\xe2\\x80\\xaeb\\xe2\\x80\\xa8c\\xc2\\x85"),
                arguments("<b>${x}{{y}}%n", "<b>${x}{{y}}%n"));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void whatIsNotPrintableAsciiIsWrittenAsItsBytes(String text, String inert) {
        assertThat(InertName.of(text)).hasToString(inert);
    }

    @Test
    void bytesNeedNotBeText() {
        byte[] bytes = "xx\u00fc\u00ff.examplexx".getBytes(ISO_8859_1);

        assertThat(InertName.of(bytes, 2, bytes.length - 4).text()).isEqualTo("\\xfc\\xff.example");
    }

    @Test
    void aNameOf253CharactersIsWholeAndALongerOneSaysThatItIsCut() {
        assertThat(InertName.of("a".repeat(253)).text()).isEqualTo("a".repeat(253));
        assertThat(InertName.of("a".repeat(254)).text()).isEqualTo("a".repeat(253) + "…");
        assertThat(InertName.of("\0".repeat(1 << 20)).text()).hasSizeLessThanOrEqualTo(257);
    }

    @Test
    void anyBytesBecomePrintableAsciiFromWhichTheyCanBeReadBack() {
        long seed = 20261122;
        var random = new Random(seed);
        for (int i = 0; i < 5_000; i++) {
            byte[] bytes = new byte[random.nextInt(60)];
            random.nextBytes(bytes);

            String inert = InertName.of(bytes, 0, bytes.length).text();

            assertThat(inert).as("seed %d, round %d", seed, i).matches("[ -~]*");
            assertThat(readBack(inert))
                    .as("seed %d, round %d", seed, i)
                    .isEqualTo(new String(bytes, ISO_8859_1));
        }
    }

    static Stream<HostileName> hostileNames() {
        return HostileNames.all();
    }

    @ParameterizedTest
    @MethodSource("hostileNames")
    void whatWasKeptComesBackAsItWas(HostileName name) {
        assertThat(InertName.ofKept(name.inert().text())).isEqualTo(name.inert());
        assertThat(name.inert().text()).matches("[ -~]{0,257}…?");
    }

    @ParameterizedTest
    @MethodSource("hostileNames")
    void whatWasNeverMadeInertIsWhenItIsRead(HostileName name) {
        assertThat(InertName.ofKept(name.text()).text()).matches("[ -~]*…?");
    }

    static Stream<Arguments> words() {
        return Stream.of(
                arguments("Unsere Domänen (§ 3)", "Unsere Domänen (§ 3)"),
                arguments("Наши домены 我们的域", "Наши домены 我们的域"),
                arguments(
                        "\ud83d\udee1\ufe0f SOC \ud83d\ude00",
                        "\ud83d\udee1\ufe0f SOC \ud83d\ude00"),
                arguments("R&D <b> `x` \\", "R&D <b> `x` \\"),
                arguments("", ""),
                arguments("a\r\nb\tc\0", "a\\u{d}\\u{a}b\\u{9}c\\u{0}"),
                arguments("a\u0085b\u009b", "a\\u{85}b\\u{9b}"),
                arguments("a\u2028b\u2029c", "a\\u{2028}b\\u{2029}c"),
                arguments("a\u202eb\u2066c\u200fd", "a\\u{202e}b\\u{2066}c\\u{200f}d"),
                arguments("a\u200bb\u00adc\ufeffd", "a\\u{200b}b\\u{ad}c\\u{feff}d"),
                arguments("a\u00a0b\u3000c", "a\\u{a0}b\\u{3000}c"),
                arguments("\u3164\u115f\uffa0\u034f", "\\u{3164}\\u{115f}\\u{ffa0}\\u{34f}"),
                arguments("a\udb40\udc41", "a\\u{e0041}"),
                arguments("a\ud800b\udc00", "a\\u{d800}b\\u{dc00}"),
                arguments("\ue000\uffff\u0378", "\\u{e000}\\u{ffff}\\u{378}"));
    }

    @ParameterizedTest
    @MethodSource("words")
    void wordsStayAndWhatIsUnseenIsWrittenAsItsNumber(String words, String inert) {
        assertThat(InertName.ofWords(words)).hasToString(inert);
    }

    @Test
    void wordsOf253SignsAreWholeAndMoreSayThatTheyAreCut() {
        String sign = "\ud83d\ude00";

        assertThat(InertName.ofWords(sign.repeat(253)).text()).isEqualTo(sign.repeat(253));
        assertThat(InertName.ofWords(sign.repeat(254)).text()).isEqualTo(sign.repeat(253) + "…");
    }

    private static String readBack(String inert) {
        var text = new StringBuilder();
        for (int i = 0; i < inert.length(); i++) {
            char c = inert.charAt(i);
            if (c != '\\') {
                text.append(c);
            } else if (inert.charAt(i + 1) == '\\') {
                text.append('\\');
                i++;
            } else {
                text.append((char) Integer.parseInt(inert.substring(i + 2, i + 4), 16));
                i += 3;
            }
        }
        return text.toString();
    }
}
