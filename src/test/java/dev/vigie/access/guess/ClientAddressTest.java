package dev.vigie.access.guess;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientAddressTest {

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1, 192.0.2.1",
        "::ffff:192.0.2.1, 192.0.2.1, 192.0.2.1",
        "2001:db8:1:2:3:4:5:6, 2001:db8:1:2:3:4:5:6, 2001:db8:1:2::/64",
        "2001:DB8:0001:2::ffff, 2001:db8:1:2::ffff, 2001:db8:1:2::/64",
        "fe80::1%eth0, fe80::1, fe80::/64",
        "0:0:0:0:0:0:0:1, ::1, ::/64",
        "unknown, unknown, unknown"
    })
    void anIpv6CustomerHas64Bits(String written, String text, String network) {
        ClientAddress address = ClientAddress.of(written);

        assertThat(address.text()).isEqualTo(text);
        assertThat(address.network()).isEqualTo(network);
    }

    @ParameterizedTest
    @CsvSource({"300"})
    void whatIsNoAddressIsCut(int length) {
        assertThat(ClientAddress.of("x".repeat(length)).network()).hasSizeLessThan(100);
    }
}
