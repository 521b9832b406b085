package dev.vigie.dns;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

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
