package dev.vigie.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CidrTest {

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8,10.255.255.255,true",
        "10.0.0.0/8,11.0.0.0,false",
        "10.1.2.3/8,10.9.9.9,true",
        "172.16.0.0/12,172.31.255.255,true",
        "172.16.0.0/12,172.32.0.0,false",
        "192.0.2.7/32,192.0.2.7,true",
        "192.0.2.7/32,192.0.2.6,false",
        "192.0.2.6/31,192.0.2.7,true",
        "0.0.0.0/0,255.1.2.3,true",
        "0.0.0.0/0,2001:db8::1,false",
        "::/0,2001:db8::1,true",
        "::/0,192.0.2.1,false",
        "2001:db8::/33,2001:db8:7fff::1,true",
        "2001:db8::/33,2001:db8:8000::1,false",
        "::1/128,::1,true",
        "::1/128,::2,false"
    })
    void anAddressIsInsideOrNot(String block, String address, boolean inside)
            throws UnknownHostException {
        assertThat(Cidr.parse(block).contains(InetAddress.getByName(address).getAddress()))
                .isEqualTo(inside);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "10.0.0.0",
                "10.0.0.0/",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/+8",
                "10.0.0.0/8/8",
                "10.0.0.0/255.0.0.0",
                "10/8",
                "10.0/8",
                "1.2.3.4.5/8",
                "256.0.0.0/8",
                "2001:db8::/129",
                "2001:db8/32",
                ":::/8",
                "fe80::1%1/64",
                "localhost/8",
                "example.org/8",
                " 10.0.0.0/8",
                "10.0.0.0/8 "
            })
    void anythingElseIsRefusedWithASentence(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Cidr.parse(text))
                .withMessage("'%s' is no network such as 192.0.2.0/24.", text);
    }
}
