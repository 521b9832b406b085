package dev.vigie.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressGuardTest {

    private final AddressGuard guard = AddressGuard.allowingPublicAnd(List.of());

    /** N01: how the forms of an address that no browser shows lead to this machine. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.1",
                "2130706433",
                "0x7f.1",
                "0x7f000001",
                "0177.0.0.1",
                "[::1]",
                "::1",
                "[::]",
                "[0:0:0:0:0:0:0:1]",
                "[::ffff:7f00:1]",
                "[::ffff:127.0.0.1]",
                "[::ffff:10.0.0.5]",
                "[::127.0.0.1]",
                "[::ffff:0:127.0.0.1]",
                "[64:ff9b::7f00:1]",
                "[64:ff9b:1::7f00:1]",
                "[2002:7f00:1::]",
                "[2001:0:7f00:1::]",
                "[fd00:ec2::254]",
                "[fe80::1]",
                "[fe80::1%25eth0]",
                "[fec0::1]",
                "[ff02::1]",
                "0.0.0.0",
                "0",
                "10.0.0.5",
                "100.64.0.1",
                "100.127.255.255",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.8",
                "192.168.1.1",
                "198.18.0.1",
                "224.0.0.1",
                "255.255.255.255"
            })
    void addressesThatAreNotPublicAreRefused(String host) {
        assertThatIOException().isThrownBy(() -> guard.resolve(host));
    }

    @Test
    void localhostIsRefusedAndTheAddressTold() {
        assertThatExceptionOfType(ForbiddenAddressException.class)
                .isThrownBy(() -> guard.resolve("localhost"))
                .withMessageStartingWith("localhost is at ");
    }

    /** The JDK makes IPv4 addresses of them where it reads text, but not of a name's addresses. */
    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "10.0.0.5", "169.254.169.254", "192.168.1.1"})
    void ipv4AddressesThatTheNameServiceGivesInTheFormOfIpv6AreRefused(String address) {
        var asked = guard.asking(host -> new InetAddress[] {mapped(address)});

        assertThatExceptionOfType(ForbiddenAddressException.class)
                .isThrownBy(() -> asked.resolve("evil.example"));
    }

    @Test
    void aConnectionGoesToTheIpv4AddressThatWasChecked() throws Exception {
        var asked = guard.asking(host -> new InetAddress[] {mapped("1.1.1.1")});

        assertThat(asked.resolve("good.example"))
                .singleElement()
                .isInstanceOfSatisfying(
                        Inet4Address.class,
                        address -> {
                            assertThat(address.getHostAddress()).isEqualTo("1.1.1.1");
                            assertThat(address.getHostName()).isEqualTo("good.example");
                        });
    }

    private static InetAddress mapped(String address) throws UnknownHostException {
        byte[] bytes = new byte[16];
        bytes[10] = (byte) 0xff;
        bytes[11] = (byte) 0xff;
        System.arraycopy(address(address).getAddress(), 0, bytes, 12, 4);
        return Inet6Address.getByAddress("evil.example", bytes, -1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "8.8.8.8",
                "9.255.255.255",
                "11.0.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "126.255.255.255",
                "128.0.0.0",
                "169.253.255.255",
                "172.15.255.255",
                "172.32.0.0",
                "192.0.1.0",
                "192.167.255.255",
                "192.169.0.0",
                "198.17.255.255",
                "198.20.0.0",
                "223.255.255.255",
                "2606:4700:4700::1111",
                "2a00:1450:4001:80b::2003",
                "::ffff:1.1.1.1"
            })
    void publicAddressesAreAllowed(String host) throws Exception {
        assertThat(guard.resolve(host)).containsExactly(InetAddress.getByName(host));
    }

    @Test
    void aNetworkCanBeAllowedWithoutItsNeighbours() throws Exception {
        var guard =
                AddressGuard.allowingPublicAnd(
                        List.of(Cidr.parse("10.1.0.0/16"), Cidr.parse("fd00:1::/32")));

        assertThat(guard.allows(address("10.1.255.1"))).isTrue();
        assertThat(guard.allows(address("::ffff:10.1.255.1"))).isTrue();
        assertThat(guard.allows(address("fd00:1::1"))).isTrue();
        assertThat(guard.allows(address("8.8.8.8"))).isTrue();
        assertThat(guard.allows(address("10.2.0.1"))).isFalse();
        assertThat(guard.allows(address("fd00:2::1"))).isFalse();
        assertThat(guard.allows(address("127.0.0.1"))).isFalse();
    }

    @Test
    void whoAllowsEverythingReachesEverything() throws Exception {
        assertThat(AddressGuard.allowingAll().resolve("127.0.0.1")).hasSize(1);
    }

    private static InetAddress address(String literal) throws UnknownHostException {
        return InetAddress.getByName(literal);
    }
}
