package dev.vigie.rule.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Row R08 of the fault table. */
class AddressRangeTest {

    @ParameterizedTest
    @CsvSource({
        "1.1.1.1,1.1.1.1",
        "1.1.1.1/32,1.1.1.1",
        "192.0.2.0/24,192.0.2.0/24",
        "10.0.0.0/8,10.0.0.0/8",
        "2001:DB8:0:0:0::1,2001:db8::1",
        "2001:db8::1/128,2001:db8::1",
        "2001:0db8::/32,2001:db8::/32",
        "2001:db8:0:1:1:1:1:1,2001:db8:0:1:1:1:1:1",
        "2001:0:0:1:0:0:0:1,2001:0:0:1::1",
        "2001:db8:0:0:1:0:0:1,2001:db8::1:0:0:1",
        "1:0:0:0:0:0:0:0,1::",
        "::1,::1",
        "::,::",
        "64:ff9b::192.0.2.1,64:ff9b::c000:201",
        "::ffff:192.0.2.1,192.0.2.1",
        "::ffff:c000:201,192.0.2.1",
        "::ffff:192.0.2.0/120,192.0.2.0/24"
    })
    void everyWayOfWritingARangeLeadsToOneForm(String written, String canonical) {
        assertThat(AddressRange.parse(written)).hasToString(canonical);
        assertThat(AddressRange.parse(canonical)).isEqualTo(AddressRange.parse(written));
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                arguments("", "needed"),
                arguments("0x01010101", "is no address such as"),
                arguments("16843009", "is no address such as"),
                arguments("1.1", "is no address such as"),
                arguments("1.1.1", "is no address such as"),
                arguments("01.1.1.1", "is no address such as"),
                arguments("1.1.1.010", "is no address such as"),
                arguments("256.1.1.1", "is no address such as"),
                arguments("1.1.1.1.", "is no address such as"),
                arguments("1.1.1.1/", "is no address such as"),
                arguments("1.1.1.1/33", "is no address such as"),
                arguments("1.1.1.1/032", "is no address such as"),
                arguments("::1/129", "is no address such as"),
                arguments("::ffff:1.1.1.1/95", "is no address such as"),
                arguments(":1", "is no address such as"),
                arguments("1::2::3", "is no address such as"),
                arguments("example.com", "is no address such as"),
                arguments("fe80::1%eth0", "has a zone"),
                arguments(" 1.1.1.1", "has a character that none has"),
                arguments("1.1.1.1\n", "has a character that none has"),
                arguments("\u0661.1.1.1", "has a character that none has"),
                arguments("1".repeat(1 << 20), "too long"),
                arguments("192.0.2.1/24", "is 192.0.2.0/24 meant?"),
                arguments("2001:db8::1/32", "is 2001:db8::/32 meant?"),
                arguments("10.0.0.0/0", "too broad"),
                arguments("0.0.0.0/0", "too broad: a network of /8 or narrower"),
                arguments("12.0.0.0/7", "too broad"),
                arguments("::/0", "too broad: a network of /16 or narrower"),
                arguments("2000::/15", "too broad"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void anythingElseIsRefusedWithASentence(String text, String reason) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AddressRange.parse(text))
                .withMessageContaining(reason)
                .satisfies(e -> assertThat(e.getMessage()).matches("[ -~]{1,200}"));
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8,true",
        "10.0.0.0/15,true",
        "10.0.0.0/16,false",
        "10.1.1.1,false",
        "2001::/16,true",
        "2001:db8::/31,true",
        "2001:db8::/32,false"
    })
    void aWideNetworkIsBroad(String text, boolean broad) {
        assertThat(AddressRange.parse(text).isBroad()).isEqualTo(broad);
    }
}
