package dev.vigie.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows R05 to R07 of the fault table, as far as they are about the name. */
class DomainNameTest {

    static Stream<Arguments> canonicalForms() {
        return Stream.of(
                arguments("example.com", "example.com"),
                arguments("WWW.Example.COM", "www.example.com"),
                arguments("example.com.", "example.com"),
                arguments("_dmarc.example.com", "_dmarc.example.com"),
                arguments("ab--cd.example", "ab--cd.example"),
                arguments("-a-.example", "-a-.example"),
                arguments("bücher.example", "xn--bcher-kva.example"),
                arguments("BÜCHER.example", "xn--bcher-kva.example"),
                arguments("bu\u0308cher.example", "xn--bcher-kva.example"), // NFD
                arguments("XN--BCHER-KVA.Example", "xn--bcher-kva.example"),
                arguments("faß.example", "xn--fa-hia.example"), // not fass
                arguments("example\u3002com", "example.com"),
                arguments("ｅｘａｍｐｌｅ．com", "example.com"),
                arguments("a".repeat(63) + ".example", "a".repeat(63) + ".example"));
    }

    @ParameterizedTest
    @MethodSource("canonicalForms")
    void everyWayOfWritingANameLeadsToOneForm(String written, String canonical) {
        assertThat(DomainName.parse(written)).hasToString(canonical);
        assertThat(DomainName.parse(canonical)).isEqualTo(DomainName.parse(written));
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                arguments("", "needed"),
                arguments("  ", "needed"),
                arguments(".", "not valid"),
                arguments("com", "single label"),
                arguments("com.", "single label"),
                arguments("*", "'*' cannot be a label"),
                arguments("*.example.com", "'*' cannot be a label"),
                arguments("a..example", "not valid"),
                arguments("example.com..", "cannot be a label"),
                arguments("watched.example\n", "'watched.example\\x0a' is no domain name"),
                arguments("watched .example", "blank or a control character"),
                arguments("watched\0.example", "watched\\x00.example"),
                arguments("watched\u00a0.example", "blank or a control character"),
                arguments("wat\u202eched.example", "not valid"),
                arguments("wat\u0085ched.example", "not valid"),
                arguments("a".repeat(64) + ".example", "not valid"),
                arguments("a.".repeat(150) + "example", "at most 253 characters, this has 307"),
                arguments("xn--zzzzzz99999.example", "not valid"),
                arguments("\ufdfa".repeat(100) + ".example", "not valid"),
                arguments("https://example.com/", "cannot be a label"),
                arguments("user@example.com", "cannot be a label"),
                arguments("example.com:443", "cannot be a label"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void whatIsNoDomainNameIsRefusedWithASentenceThatIsSafeToShow(String text, String reason) {
        assertThatThrownBy(() -> DomainName.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason)
                .message()
                .matches("[ -~…]*\\.");
    }

    @Test
    void theFormDoesNotDependOnTheCountryOfTheMachine() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.of("tr"));
            assertThat(DomainName.parse("MAIL.EXAMPLE.IN")).hasToString("mail.example.in");
        } finally {
            Locale.setDefault(before);
        }
    }
}
