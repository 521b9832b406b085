package dev.vigie.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vigie.testing.CertificateBuilder;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A rule is tried without a service. */
@NullUnmarked
class RuleTestCommandTest {

    @TempDir Path folder;

    private static CommandRun test(String kind, String... rest) {
        List<String> arguments = new ArrayList<>(List.of("rule", "test", "--kind", kind));
        arguments.addAll(Arrays.asList(rest));
        return CommandRun.of(arguments);
    }

    @ParameterizedTest
    @CsvSource({
        "exact, www.example.org, www.example.org, shop.example.org",
        "domain, example.org, shop.example.org, example.com",
        "domain, example.org, *.org, *.com",
        "DOMAIN, example.org, EXAMPLE.org, badexample.org",
        "keyword, bank, mybank.example, example.org",
        "regex, ^vpn[0-9], vpn1.example, vpn.example",
        "lookalike, example.org, exampIe.org, shop.example.org",
        "ip, 192.0.2.0/24, 192.0.2.7, 192.0.3.7",
        "ip, 2001:db8::/32, 2001:db8::1, 2001:db9::1",
    })
    void itSaysWhichFiresAndEndsWithZeroIfOneDoes(
            String kind, String pattern, String fires, String other) {
        CommandRun both = test(kind, pattern, fires, other);

        assertThat(both.exitCode()).isZero();
        assertThat(both.out().lines())
                .startsWith("fires  " + fires)
                .endsWith("-      " + other)
                .hasSizeGreaterThanOrEqualTo(2);
        assertThat(both.err()).isEmpty();
        assertThat(test(kind, pattern, other).exitCode()).isOne();
    }

    @Test
    void itSaysWhy() {
        assertThat(test("lookalike", "example.org", "exmaple.org").out().lines().toList().get(1))
                .startsWith("       ")
                .contains("example.org");
    }

    @Test
    void techniquesDistanceAndWordsAreOptions() {
        assertThat(
                        test("lookalike", "example.org", "exmaple.org", "--technique", "omission")
                                .exitCode())
                .isOne();
        assertThat(
                        test("lookalike", "example.org", "example-abcdef.test", "--word", "abcdef")
                                .exitCode())
                .isZero();
        assertThat(
                        test("lookalike", "example.org", "exavple.org", "--max-distance", "0")
                                .exitCode())
                .isOne();
    }

    @Test
    void jsonIsAnObjectForEachName() throws Exception {
        List<String> lines =
                test("domain", "example.org", "a.example.org", "example.com", "--json")
                        .out()
                        .lines()
                        .toList();

        assertThat(lines).hasSize(2);
        JsonNode first = new ObjectMapper().readTree(lines.get(0));
        assertThat(first.path("name").asText()).isEqualTo("a.example.org");
        assertThat(first.path("fires").asBoolean()).isTrue();
        assertThat(new ObjectMapper().readTree(lines.get(1)).path("fires").asBoolean()).isFalse();
    }

    @Test
    void hostileNamesDoNothingToTheTerminal() {
        CommandRun run =
                test("domain", "bank.example", "a\u001b[31m\u202e.bank.example", "a\nfires  b");

        assertThat(run.out()).doesNotContain("\u001b", "\u202e");
        assertThat(run.out().lines().filter(line -> line.startsWith("fires"))).hasSize(1);
    }

    @Test
    void aCertificateIsReadAsOneOfALog() throws Exception {
        byte[] der = CertificateBuilder.forDns("www.example.org").build();
        Path pem = folder.resolve("certificate.pem");
        Files.writeString(
                pem,
                "subject=whatever\n-----BEGIN CERTIFICATE-----\n%s\n-----END CERTIFICATE-----\n"
                        .formatted(Base64.getMimeEncoder().encodeToString(der)));

        assertThat(test("domain", "example.org", "--pem", pem.toString()).exitCode()).isZero();
        assertThat(test("domain", "example.net", "--pem", pem.toString()).exitCode()).isOne();
    }

    @Test
    void whatIsNoCertificateIsSaid() throws Exception {
        Path file = Files.writeString(folder.resolve("no.pem"), "nothing");

        CommandRun run = test("domain", "example.org", "--pem", file.toString());

        assertThat(run.exitCode()).isOne();
        assertThat(run.err().lines()).hasSize(1);
        assertThat(test("domain", "example.org", "--pem", "/no/such/file").err())
                .contains("/no/such/file cannot be read.");
    }

    @Test
    void namesCanComeOnStandardInput() {
        InputStream console = System.in;
        try {
            System.setIn(
                    new ByteArrayInputStream(
                            "a.example.org\n\nexample.com\n".getBytes(StandardCharsets.UTF_8)));
            assertThat(test("domain", "example.org", "-").out().lines())
                    .startsWith("fires  a.example.org")
                    .endsWith("-      example.com");
        } finally {
            System.setIn(console);
        }
    }
}
