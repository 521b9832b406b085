package dev.vigie.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PublicSuffixesTest {

    private final PublicSuffixes suffixes = PublicSuffixes.bundled();

    @TempDir private Path folder;

    /** The classic checks of the list's authors, with A-labels. */
    @ParameterizedTest
    @CsvSource({
        "example.com, example.com",
        "b.example.com, example.com",
        "a.b.example.com, example.com",
        "uk.com, ",
        "example.uk.com, example.uk.com",
        "b.c.co.uk, c.co.uk",
        "b.co.uk, b.co.uk",
        "co.uk, ",
        "com, ",
        "example.unheardof, example.unheardof",
        "a.b.example.unheardof, example.unheardof",
        "test.ac, test.ac",
        "c.mm, ",
        "b.c.mm, b.c.mm",
        "a.b.c.mm, b.c.mm",
        "test.ck, ",
        "b.test.ck, b.test.ck",
        "www.ck, www.ck",
        "www.www.ck, www.ck",
        "c.kobe.jp, ",
        "b.c.kobe.jp, b.c.kobe.jp",
        "city.kobe.jp, city.kobe.jp",
        "city.kawasaki.jp, city.kawasaki.jp",
        "www.city.kawasaki.jp, city.kawasaki.jp",
        "x.kawasaki.jp, ",
        "ide.kyoto.jp, ",
        "b.ide.kyoto.jp, b.ide.kyoto.jp",
        "kyoto.jp, ",
        "test.k12.ak.us, test.k12.ak.us",
        "k12.ak.us, ",
        "github.io, ",
        "someone.github.io, someone.github.io",
        "www.someone.github.io, someone.github.io",
        "amazonaws.com, amazonaws.com",
        "xn--85x722f.com.cn, xn--85x722f.com.cn",
        "xn--85x722f.xn--55qx5d.cn, xn--85x722f.xn--55qx5d.cn",
        "www.xn--85x722f.xn--55qx5d.cn, xn--85x722f.xn--55qx5d.cn",
        "xn--55qx5d.cn, ",
        "shishi.xn--fiqs8s, shishi.xn--fiqs8s",
        "xn--fiqs8s, ",
        "xn--aroport-bya.ci, ",
        "*.example.com, example.com",
        "*.github.io, *.github.io",
    })
    void theRegistrableDomainIsOneLabelBelowTheSuffix(String name, String registrable) {
        assertThat(suffixes.registrableDomain(name)).isEqualTo(Optional.ofNullable(registrable));
        assertThat(suffixes.isPublicSuffix(name)).isEqualTo(registrable == null);
    }

    @Test
    void offsetsAreThoseOfLabels() {
        byte[] name = "?www.b.co.uk?".getBytes(StandardCharsets.US_ASCII);
        byte[] plain = "www.b.co.uk".getBytes(StandardCharsets.US_ASCII);

        assertThat(suffixes.suffixStart(plain, plain.length)).isEqualTo(6);
        assertThat(suffixes.registrableStart(plain, plain.length)).isEqualTo(4);
        assertThat(suffixes.registrableStart(plain, 3)).isEqualTo(-1);
        assertThat(suffixes.suffixStart(name, name.length)).isEqualTo(10);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a..b", "...com", "com.", ".com", "-", "*", "?.?"})
    void anyBytesHaveASuffix(String name) {
        byte[] bytes = name.getBytes(StandardCharsets.US_ASCII);

        assertThat(suffixes.suffixStart(bytes, bytes.length)).isBetween(0, bytes.length);
        assertThat(suffixes.registrableStart(bytes, bytes.length)).isBetween(-1, bytes.length);
    }

    @Test
    void aNewerListIsReadFromAFile() throws IOException {
        Path file = folder.resolve("newer.dat");
        Files.writeString(
                file, bundledText().replace("\naaa\n", "\naaa\nnewly.aaa and a remark\n"));

        PublicSuffixes newer = PublicSuffixes.read(file);

        assertThat(newer.registrableDomain("www.x.newly.aaa")).contains("x.newly.aaa");
        assertThat(suffixes.registrableDomain("www.x.newly.aaa")).contains("newly.aaa");
    }

    @Test
    void aListThatIsCutOffIsRefused() throws IOException {
        Path file = folder.resolve("cut.dat");
        String text = bundledText();
        Files.writeString(file, text.substring(0, text.length() - 1000));

        assertThatThrownBy(() -> PublicSuffixes.read(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the mark of its end is missing");
    }

    @ParameterizedTest
    @CsvSource({
        "a..b, line 11 is no rule: a..b",
        "a.*.b, line 11 is no rule: a.*.b",
        "!, line 11 is no rule: !",
        "<html>, line 11 is no rule: <html>",
    })
    void aBrokenRuleIsNamed(String rule, String message) throws IOException {
        Path file = folder.resolve("broken.dat");
        Files.writeString(file, bundledText().replace("\nabb\n", "\n" + rule + "\n"));

        assertThatThrownBy(() -> PublicSuffixes.read(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void aListOfAFewRulesIsRefused() throws IOException {
        Path file = folder.resolve("few.dat");
        Files.writeString(file, "com\n// ===END ICANN DOMAINS===\n");

        assertThatThrownBy(() -> PublicSuffixes.read(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("it has 1 rules, fewer than 1000");
    }

    @Test
    void aHugeFileIsRefused() throws IOException {
        Path file = folder.resolve("huge.dat");
        Files.write(file, new byte[5 << 20]);

        assertThatThrownBy(() -> PublicSuffixes.read(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("more than 4194304 bytes");
    }

    private static String bundledText() throws IOException {
        try (InputStream in =
                PublicSuffixesTest.class.getResourceAsStream("/public_suffix_list.dat")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
