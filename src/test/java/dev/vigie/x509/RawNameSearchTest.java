package dev.vigie.x509;

import static dev.vigie.testing.TestDer.concat;
import static dev.vigie.testing.TestDer.hex;
import static dev.vigie.testing.TestDer.latin1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.vigie.testing.SeenNames;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RawNameSearchTest {

    private static final String WATCHED = "www.watched.example";
    private static final byte[] NAME = latin1(WATCHED);
    private static final byte[] WIDE = WATCHED.getBytes(UTF_16BE);

    static Stream<Arguments> surroundings() {
        return Stream.of(
                arguments("alone", NAME),
                arguments("between control characters", concat(hex("00"), NAME, hex("00"))),
                arguments("length that is a letter before it", concat(hex("8261"), NAME)),
                arguments("length that is a digit before it", concat(hex("8230"), NAME)),
                arguments("length that is a dot before it", concat(hex("822e"), NAME)),
                arguments("tag after it", concat(NAME, hex("300d06"))),
                arguments("tag and length after it", concat(NAME, hex("306106"))),
                arguments("key after it, P-256", concat(NAME, hex("3059301306072a"))),
                arguments("key after it, P-384", concat(NAME, hex("3076301006072a"))),
                arguments("key after it, Ed25519", concat(NAME, hex("302a300506032b"))),
                arguments("attribute after it", concat(NAME, hex("3130302e0603550a"))),
                arguments("both sides", concat(hex("0c41"), NAME, hex("3130302e0603"))),
                arguments("in UTF-16", WIDE),
                arguments("in UTF-16 at an odd place", concat(hex("41"), WIDE)),
                arguments("in UTF-16 after its header", concat(hex("1e26"), WIDE, hex("3059"))),
                arguments("in UTF-16 after a letter", concat(hex("1e61"), WIDE, hex("6100"))),
                arguments(
                        "in long UTF-16",
                        concat("a".repeat(237).getBytes(UTF_16BE), hex("0020"), WIDE)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("surroundings")
    void aNameIsFoundWhateverStandsBesideIt(String place, byte[] bytes) {
        assertThat(search(bytes, 0, bytes.length)).as(place).contains("dns:" + WATCHED);
    }

    @Test
    void aLongRunOfUtf16IsNotCutWithinAName() {
        for (int padding = 200; padding < 300; padding++) {
            byte[] bytes = ("a".repeat(padding) + "." + WATCHED).getBytes(UTF_16BE);

            assertThat(search(bytes, 0, bytes.length))
                    .as("%d characters before it", padding)
                    .anyMatch(name -> name.endsWith("." + WATCHED));
        }
    }

    @Test
    void onlyTheGivenPartIsSearched() {
        byte[] bytes = concat(NAME, hex("00"), latin1("a.b.test"), hex("00"), NAME);

        assertThat(search(bytes, NAME.length + 1, 8))
                .contains("dns:a.b.test")
                .noneMatch(name -> name.contains("watched"));
        assertThat(search(bytes, 5, NAME.length - 6)).noneMatch(name -> name.endsWith("example"));
        assertThat(search(WIDE, 1, WIDE.length - 3)).noneMatch(name -> name.endsWith("example"));
        assertThat(search(bytes, 5, 0)).isEmpty();
    }

    @Test
    void wordsWithoutADotAreNoNames() {
        assertThat(search(latin1("example\0www\0x"), 0, 13)).isEmpty();
    }

    @Test
    void anyBytesCanBeSearched() {
        long seed = 20261122;
        var random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            byte[] bytes = new byte[random.nextInt(400)];
            random.nextBytes(bytes);
            int at =
                    bytes.length < NAME.length
                            ? -1
                            : random.nextInt(bytes.length - NAME.length + 1);
            if (at >= 0) {
                System.arraycopy(NAME, 0, bytes, at, NAME.length);
                if (at > 0) {
                    bytes[at - 1] = 0;
                }
                if (at + NAME.length < bytes.length) {
                    bytes[at + NAME.length] = 0;
                }
            }

            List<String> found = search(bytes, 0, bytes.length);

            assertThat(found.contains("dns:" + WATCHED))
                    .as("seed %d, round %d", seed, i)
                    .isEqualTo(at >= 0);
        }
    }

    private static List<String> search(byte[] bytes, int offset, int length) {
        var seen = new SeenNames();
        RawNameSearch.search(bytes, offset, length, seen);
        return seen.names();
    }
}
