package dev.vigie.dns;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows C01, C11, C13, C14 and C15 of the fault table: what a name may be read as. */
class OddNameTest {

    static Stream<Arguments> texts() {
        return Stream.of(
                arguments("watched.example\0.evil.test", "watched.example"),
                arguments("watched.example\0.evil.test", "watched.example\0.evil.test"),
                arguments(" watched.example\t", "watched.example"),
                arguments(" .watched.example. ", "watched.example"),
                arguments("https://watched.example/x?y#z", "watched.example"),
                arguments("HTTPS://Watched.Example", "watched.example"),
                arguments("https://user:secret@watched.example:8443/x", "watched.example"),
                arguments("watched.example/evil", "watched.example"),
                arguments("watched.example:443", "watched.example"),
                arguments("watched.example#x", "watched.example"),
                arguments("user@watched.example", "watched.example"),
                arguments("mailto:user@watched.example", "watched.example"),
                arguments("a\r\nBcc: x@y.watched.example", "y.watched.example"),
                arguments("(PRIVATE).watched.example", "?.watched.example"),
                arguments("?.watched.example", "?.watched.example"),
                arguments("<script>.watched.example", "<script>.watched.example"),
                arguments("in ner.watched.example", "in ner.watched.example"));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void asciiIsReadAsACarelessReaderWould(String name, String reading) {
        assertThat(readings(name.getBytes(ISO_8859_1))).contains(reading);
    }

    static Stream<Arguments> otherScripts() {
        return Stream.of(
                arguments("bücher.example", "xn--bcher-kva.example"),
                arguments("BÜCHER.Example", "xn--bcher-kva.example"),
                arguments("bu\u0308cher.example", "xn--bcher-kva.example"),
                arguments("faß.example", "xn--fa-hia.example"),
                arguments("wаtched.example", "xn--wtched-3nf.example"), // Cyrillic a
                arguments("watched．example", "watched.example"),
                arguments("watched\u3002example", "watched.example"),
                arguments("watched.example\u3002", "watched.example"),
                arguments("\uff0ewatched.example", "watched.example"),
                arguments("wat\u00adched.example", "watched.example"),
                arguments("ｗａｔｃｈｅｄ.example", "watched.example"),
                arguments("https://bücher.example/ü", "xn--bcher-kva.example"),
                arguments("bücher..example", "xn--bcher-kva..example"),
                arguments("a\u202eb.watched.example", "?.watched.example"),
                arguments("ü".repeat(70) + ".watched.example", "?.watched.example"),
                arguments("ü".repeat(3_000) + ".watched.example", "?.watched.example"),
                arguments("\ufdfa".repeat(100) + ".watched.example", "?.watched.example"),
                arguments("ü".repeat(3_000) + ".bücher.example", "?.xn--bcher-kva.example"),
                arguments("ü".repeat(3_000) + "x.bücher.example", "?.xn--bcher-kva.example"));
    }

    @ParameterizedTest
    @MethodSource("otherScripts")
    void otherScriptsInUtf8AreReadAsALabels(String name, String reading) {
        List<String> readings = readings(name.getBytes(UTF_8));

        assertThat(readings).contains(reading).allMatch(r -> r.chars().allMatch(c -> c < 0x80));
    }

    @Test
    void latin1IsReadTooAndBrokenUtf8IsReadAsLatin1() {
        assertThat(readings("b\u00fccher.example".getBytes(ISO_8859_1)))
                .contains("xn--bcher-kva.example");
        assertThat(readings("B\u00dcCHER.EXAMPLE".getBytes(ISO_8859_1)))
                .contains("xn--bcher-kva.example");
    }

    @Test
    void aBadByteElsewhereDoesNotHideALabelInUtf8() {
        for (String before : List.of("\u00ff.", "\u00ff@", "a.\u00e9.", "https://\u00ff:x@")) {
            assertThat(readings((before + "b\u00c3\u00bccher.example").getBytes(ISO_8859_1)))
                    .as(before)
                    .anyMatch(reading -> reading.endsWith("xn--bcher-kva.example"));
        }
    }

    @Test
    void aNameThatIsPaddedToHideItsBeginningOrItsEndIsReadAtBoth() {
        String padding = "a".repeat(100_000);

        assertThat(readings(("watched.example\0" + padding).getBytes(ISO_8859_1)))
                .contains("watched.example");
        assertThat(readings(("https://watched.example/" + padding).getBytes(ISO_8859_1)))
                .contains("watched.example");
        assertThat(readings((padding + " @watched.example").getBytes(ISO_8859_1)))
                .contains("watched.example");
    }

    @Test
    void anyBytesGiveReadingsThatAreLowerCaseAscii() {
        long seed = 20261122;
        var random = new Random(seed);
        for (int i = 0; i < 5_000; i++) {
            byte[] name = new byte[random.nextInt(80)];
            random.nextBytes(name);
            for (int dot = 0; dot < name.length; dot += 1 + random.nextInt(20)) {
                name[dot] = '.';
            }

            assertThat(readings(name))
                    .as("seed %d, round %d", seed, i)
                    .allMatch(r -> r.chars().allMatch(c -> c < 0x80 && (c < 'A' || c > 'Z')));
        }
    }

    private static List<String> readings(byte[] name) {
        return OddName.readings(name, 0, name.length);
    }
}
