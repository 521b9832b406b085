package dev.vigie.x509;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.vigie.testing.RealCertificates;
import dev.vigie.testing.SeenNames;
import dev.vigie.testing.Watch;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Certificates that others could not read, and real ones. */
class RealCertificateNamesTest {

    /** Every file of certs/made; names one byte a character. */
    static Stream<Arguments> madeCertificates() {
        List<String> plain = List.of("cn:cn.example.org");
        return Stream.of(
                arguments("ber_indefinite", List.of("dns:ber.example.org")),
                arguments("cn_bad_utf8", List.of("cn:b\u00fccher.example.org")),
                arguments("cn_bmpstring_odd_length", List.of("cn:bmp.example.org")),
                arguments("cn_empty", List.of("cn:")),
                arguments(
                        "cn_multiple",
                        List.of("cn:a.example.org", "cn:b.example.org", "cn:c.example.org")),
                arguments("cn_nul", List.of("cn:www.example.org\0.evil.test")),
                arguments("cn_t61_latin1", List.of("cn:caf\u00e9.example.org")),
                arguments("cn_url", List.of("cn:https://url.example.org/path")),
                arguments("deep_nesting", List.of("dns:after-deep.example.org")),
                arguments("huge_unknown_ext", List.of("dns:after-huge.example.org")),
                arguments("precert_poison", List.of("dns:pre.example.org")),
                arguments(
                        "san_constructed_dns",
                        List.of("dns:constructed.example.org", "dns:ok.example.org")),
                arguments(
                        "san_idn",
                        List.of(
                                "dns:xn--bcher-kva.example.org",
                                "dns:xn--zzzzzz99999.example.org",
                                "dns:b\u00c3\u00bccher2.example.org",
                                "dns:b\u00fccher3.example.org",
                                "dns:ab--cd.example.org",
                                "dns:a\u00e2\u0080\u00aeb.example.org",
                                "dns:fa\u00c3\u009f.example.org")),
                arguments(
                        "san_ip_lengths",
                        List.of(
                                "ip:c0000201",
                                "ip:" + "0".repeat(31) + "1",
                                "ip:0000000000",
                                "ip:",
                                "ip:0000000000000000",
                                "ip:3139322e302e322e31",
                                "dns:after-ip.example.org")),
                arguments(
                        "san_long_label",
                        List.of(
                                "dns:" + "a".repeat(300) + ".example.org",
                                "dns:" + ("b".repeat(60) + ".").repeat(32) + "b".repeat(60))),
                arguments("san_other_types", List.of("dns:last.example.org")),
                arguments(
                        "san_trailing_dot_upper_space",
                        List.of(
                                "dns:WWW.Example.ORG.",
                                "dns: lead.example.org",
                                "dns:trail.example.org ",
                                "dns:in ner.example.org",
                                "dns:tab\t.example.org",
                                "dns:dots.example.org..")),
                arguments("san_twice", List.of("dns:first.example.org", "dns:second.example.org")),
                arguments(
                        "san_url_mail_port",
                        List.of(
                                "dns:https://u.example.org/",
                                "dns:HTTP://v.example.org",
                                "dns:admin@m.example.org",
                                "dns:p.example.org:8443",
                                "dns:q.example.org/x")),
                arguments("serial_empty", plain),
                arguments("serial_negative", plain),
                arguments("serial_zero", plain),
                arguments("time_99991231", plain),
                arguments("time_generalized_2060", plain),
                arguments("time_impossible", plain),
                arguments("time_reversed", plain),
                arguments("time_utc_no_seconds", plain),
                arguments("trailing_garbage", List.of("dns:tail.example.org")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("madeCertificates")
    void oddCertificatesShowAllTheirNames(String file, List<String> names) {
        byte[] der = RealCertificates.der(RealCertificates.path("certs/made/" + file + ".der"));

        SeenNames seen = SeenNames.of(der);

        assertThat(seen.names()).isEqualTo(names);
        assertThat(seen.problem()).isNull();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("madeCertificates")
    void whoeverWatchesExampleOrgHearsOfAllOfThem(String file, List<String> names) {
        byte[] der = RealCertificates.der(RealCertificates.path("certs/made/" + file + ".der"));
        boolean named =
                names.stream()
                        .anyMatch(name -> name.toLowerCase(Locale.ROOT).contains("example.org"));

        assertThat(Watch.domain("example.org").hits(der)).hasSize(named ? 1 : 0);
    }

    @Test
    void theTableHasEveryOddCertificate() {
        List<String> listed =
                madeCertificates().map(row -> row.get()[0] + ".der").sorted().toList();

        assertThat(RealCertificates.in("certs/made").keySet()).containsExactlyElementsOf(listed);
    }

    @Test
    void realCertificatesAreReadWithoutAProblem() {
        Map<String, byte[]> all = RealCertificates.in("certs/ctgo");
        all.remove("test-cert.proof"); // no certificate

        assertThat(all).hasSizeGreaterThan(40);
        assertThat(all).allSatisfy((file, der) -> assertThat(SeenNames.of(der).problem()).isNull());
        assertThat(SeenNames.of(all.get("ctfe_LeafSignedByFakeIntermediateCertPEM.pem")).names())
                .hasSize(52)
                .contains("cn:*.google.com", "dns:youtu.be");
        assertThat(SeenNames.of(all.get("ctfe_RealPrecertWithEKUPEM.pem")).names())
                .containsExactly(
                        "cn:certificate.transparency.dev", "dns:certificate.transparency.dev");
    }

    @Test
    void noPieceOfARealFileThrows() {
        var watch = Watch.domain("example.org");
        RealCertificates.in("certs")
                .forEach((file, der) -> {
                    for (int i = 0; i < der.length; i += 1 + der.length / 200) {
                        int cut = i;
                        assertThatCode(() -> watch.hits(der, 0, cut))
                                .as("%s, first %d bytes", file, cut)
                                .doesNotThrowAnyException();
                        assertThatCode(() -> watch.hits(der, cut, der.length - cut))
                                .as("%s, from %d", file, cut)
                                .doesNotThrowAnyException();
                    }
                });
    }
}
