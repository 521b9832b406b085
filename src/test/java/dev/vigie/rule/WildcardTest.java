package dev.vigie.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.vigie.testing.Watch;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Row C12 of the fault table: a wildcard that could cover the watched name fires. */
class WildcardTest {

    private static final boolean FIRES = true;
    private static final boolean SILENT = false;

    /** Name in the certificate; rule exact watched.example; domain watched.example. */
    static Stream<Arguments> wildcards() {
        return Stream.of(
                arguments("*.watched.example", SILENT, FIRES),
                arguments("*.example", FIRES, FIRES),
                arguments("*", FIRES, FIRES),
                arguments("w*.example", FIRES, FIRES),
                arguments("*d.example", FIRES, FIRES),
                arguments("w*ch*d.example", FIRES, FIRES),
                arguments("*watched*.example", FIRES, FIRES),
                arguments("**.example", FIRES, FIRES),
                arguments("W*.Example", FIRES, FIRES),
                arguments("*.*.watched.example", SILENT, FIRES),
                arguments("a.*.example", SILENT, FIRES),
                arguments("*.*", FIRES, FIRES),
                arguments("*.*.*", SILENT, FIRES),
                arguments("watched.*", FIRES, FIRES),
                arguments("www.watched.*", SILENT, FIRES),
                arguments("*.watched.exa*", SILENT, FIRES),
                arguments("?.example", FIRES, FIRES),
                arguments("w?tched.example", FIRES, FIRES),
                arguments("(PRIVATE).example", FIRES, FIRES),
                arguments("(private).watched.example", SILENT, FIRES),
                arguments("\u00e2\u0080\u00ae.example", FIRES, FIRES), // a label of a bidi control
                arguments("https://*.example/", FIRES, FIRES),
                arguments("*.example.", FIRES, FIRES),
                arguments("x*.example", SILENT, SILENT),
                arguments("w*x.example", SILENT, SILENT),
                arguments("watched*d.example", SILENT, SILENT),
                arguments("*.other.example", SILENT, SILENT),
                arguments("*.example.test", SILENT, SILENT),
                arguments("*.net", SILENT, SILENT),
                arguments("?.net", SILENT, SILENT));
    }

    @ParameterizedTest
    @MethodSource("wildcards")
    void aWildcardFiresIfItCouldCoverTheWatchedName(String name, boolean exact, boolean domain) {
        assertThat(!Watch.exact("watched.example").hitsOfDns(name).isEmpty())
                .as("exact rule")
                .isEqualTo(exact);
        assertThat(!Watch.domain("watched.example").hitsOfDns(name).isEmpty())
                .as("domain rule")
                .isEqualTo(domain);
    }

    /** A rule below the wildcard's place: the wildcard covers one label and no more. */
    static Stream<Arguments> deeperRules() {
        return Stream.of(
                arguments("*.watched.example", "login.watched.example", FIRES),
                arguments("*.watched.example", "a.login.watched.example", SILENT),
                arguments("*.*.watched.example", "a.login.watched.example", FIRES),
                arguments("*.*.watched.example", "login.watched.example", FIRES),
                arguments("l*n.watched.example", "login.watched.example", FIRES),
                arguments("*.example", "login.watched.example", SILENT),
                arguments("*", "login.watched.example", FIRES));
    }

    @ParameterizedTest
    @MethodSource("deeperRules")
    void aWildcardCoversOneLabel(String name, String rule, boolean fires) {
        assertThat(!Watch.domain(rule).hitsOfDns(name).isEmpty()).isEqualTo(fires);
    }
}
