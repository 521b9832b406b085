package dev.vigie.authorisation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuthorisedNamesTest {

    @ParameterizedTest
    @CsvSource({
        "example.com, example.com, true",
        "example.com, EXAMPLE.com., true",
        "example.com, a.b.example.com, true",
        "example.com, _x.example.com, true",
        "example.com, *.example.com, true",
        "example.com, *.a.example.com, true",
        "example.com, notexample.com, false",
        "example.com, example.com.evil.example, false",
        "example.com, *.com, false",
        "example.com, com, false",
        "a.example.com, *.example.com, false",
        "example.com, f*o.example.com, false",
        "example.com, *.*.example.com, false",
        "example.com, .example.com, false",
        "example.com, a..example.com, false",
        "example.com, a b.example.com, false",
        "example.com, evil.example\\x00.example.com, false",
        "example.com, https://evil.example/.example.com, false",
        "example.com, a@example.com, false",
        "bücher.example, xn--bcher-kva.example, true",
        "bücher.example, b\\xc3\\xbccher.example, false",
        "192.0.2.1, 192.0.2.1, true",
        "192.0.2.1, 192.0.2.10, false",
        "192.0.2.1, 1.192.0.2.1, false",
        "2001:db8::1, 2001:db8:0:0:0:0:0:1, true",
        "2001:db8::1, 2001:db8:0:0:0:0:0:2, false",
        "0.1.example, 192.0.0.1, false",
        "example.com;example.net, a.example.net, true",
        "example.com;example.net, a.example.net;b.example.com, true",
        "example.com;example.net, a.example.net;b.example.org, false",
    })
    void anAuthorisationCoversItsNamesAndThoseBelow(String bound, String met, boolean covered) {
        List<String> names = Arrays.asList(met.split(";"));

        assertThat(AuthorisedNames.parse(List.of(bound.split(";"))).cover(names, names.size()))
                .isEqualTo(covered);
    }

    @Test
    void whatIsBoundToNoNameCoversAll() {
        var all = AuthorisedNames.parse(List.of());

        assertThat(all.cover(List.of("what\\x00ever"), 2000)).isTrue();
        assertThat(all.cover(List.of(), 0)).isTrue();
    }

    @Test
    void namesThatWereNotKeptAreNotCovered() {
        var names = AuthorisedNames.parse(List.of("example.com"));

        assertThat(names.cover(List.of("a.example.com"), 2)).isFalse();
        assertThat(names.cover(List.of(), 0)).isFalse();
    }

    @Test
    void theSameNamesInAnotherFormAreTheSame() {
        assertThat(AuthorisedNames.parse(List.of("b.example", "A.example.", "2001:DB8::1")))
                .isEqualTo(
                        AuthorisedNames.parse(
                                List.of("2001:db8:0::1", "a.EXAMPLE", "b.example", "b.example")));
    }

    @ParameterizedTest
    @CsvSource({
        "*.example.com, Write example.com",
        "com, single label",
        "'', A domain name is needed",
        "a b.example, blank",
        "1.2.3.4.5/8, no domain name",
    })
    void whatIsNoNameIsRefused(String text, String sentence) {
        assertThatThrownBy(() -> AuthorisedNames.parse(List.of("good.example", text)))
                .isInstanceOfSatisfying(
                        UnusableAuthorisationException.class,
                        e -> assertThat(e.field()).isEqualTo("names[1]"))
                .hasMessageContaining(sentence);
    }
}
