package dev.vigie.rule.address;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigie.net.Cidr;
import dev.vigie.net.IpText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressIndexTest {

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1,c0000201,true",
        "192.0.2.1,c0000202,false",
        "192.0.2.0/24,c00002ff,true",
        "192.0.2.0/24,c0000300,false",
        "203.0.113.128/25,cb007180,true",
        "203.0.113.128/25,cb00717f,false",
        "2001:db8::/33,20010db87fff00000000000000000001,true",
        "2001:db8::/33,20010db8800000000000000000000001,false",
        "2001:db8::/64,20010db8000000000000000000000001,true",
        "2001:db8::/65,20010db8000000008000000000000000,false",
        "2001:db8::1,20010db8000000000000000000000001,true",
        "ff00::/16,ff000000000000000000000000000001,true",
        // an IPv4 address in the form of an IPv6 address
        "192.0.2.0/24,00000000000000000000ffffc0000201,true",
        "::ffff:192.0.2.1,c0000201,true",
        "192.0.2.1,000000000000000000000000c0000201,false",
        "::/80,c0000201,false",
        "::/80,00000000000000000000ffffc0000201,false",
        "::/80,00000000000000000000000000000001,true",
        // with a mask
        "192.0.2.0/24,c0000201ffffff00,true",
        "255.255.255.0,c0000201ffffff00,false",
        "2001:db8::1,20010db8000000000000000000000001ffffffffffffffffffffffffffffffff,true"
    })
    void anAddressIsInARangeOrNot(String range, String address, boolean found) {
        assertThat(search(List.of(AddressRange.parse(range)), HexFormat.of().parseHex(address)))
                .isEqualTo(found ? List.of(0) : List.of());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 5, 6, 7, 9, 12, 15, 17, 20, 31, 33, 1000})
    void bytesOfAnotherNumberAreNoAddress(int length) {
        List<AddressRange> ranges =
                Stream.of("10.0.0.0/8", "a0a::/16").map(AddressRange::parse).toList();
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) 10);

        assertThat(search(ranges, bytes)).isEmpty();
        assertThat(search(ranges, new byte[] {10, 10, 10, 10})).containsExactly(0);
    }

    @Test
    void allRangesAroundAnAddressAreFoundEqualOnesToo() {
        List<AddressRange> ranges =
                Stream.of("10.0.0.0/8", "10.1.2.3", "10.1.0.0/16", "10.2.0.0/16", "10.1.2.3")
                        .map(AddressRange::parse)
                        .toList();

        assertThat(search(ranges, new byte[] {10, 1, 2, 3})).containsExactly(0, 2, 1, 4);
    }

    @Test
    void theIndexFindsWhatLookingAtEachWouldFind() {
        var random = new Random(9);
        for (int round = 0; round < 200; round++) {
            int bytes = random.nextBoolean() ? 4 : 16;
            List<AddressRange> ranges =
                    IntStream.range(0, 1 + random.nextInt(100))
                            .mapToObj(i -> range(random, bytes))
                            .toList();
            for (int i = 0; i < 50; i++) {
                byte[] address = address(random, bytes);
                assertThat(search(ranges, address))
                        .containsExactlyInAnyOrderElementsOf(
                                IntStream.range(0, ranges.size())
                                        .filter(r -> ranges.get(r).block().contains(address))
                                        .boxed()
                                        .toList());
            }
        }
    }

    @Test
    void theEffortGrowsWithTheLengthsOfPrefixNotWithTheRanges() {
        List<AddressRange> ranges =
                IntStream.range(0, 60_000)
                        .mapToObj(i -> "10.%d.%d.7".formatted(i / 256, i % 256))
                        .map(AddressRange::parse)
                        .toList();

        int effort = AddressIndex.of(ranges).search(new byte[] {10, 1, 2, 7}, 0, 4, r -> {});

        assertThat(effort).isEqualTo(3);
    }

    private static AddressRange range(Random random, int bytes) {
        int bits = bytes == 4 ? 8 + random.nextInt(25) : 16 + random.nextInt(113);
        String text = IpText.of(address(random, bytes)) + "/" + bits;
        return new AddressRange(Cidr.parse(text).canonical());
    }

    /** One of few, so that many lie in a range. */
    private static byte[] address(Random random, int bytes) {
        byte[] address = new byte[bytes];
        for (int i = 0; i < bytes; i++) {
            address[i] = (byte) (random.nextInt(4) == 0 ? 128 >>> random.nextInt(8) : 0);
        }
        address[0] = 32;
        return address;
    }

    /** The ranges that the address lies in, when it stands amid other bytes. */
    private static List<Integer> search(List<AddressRange> ranges, byte[] address) {
        byte[] buffer = new byte[address.length + 7];
        System.arraycopy(address, 0, buffer, 3, address.length);
        List<Integer> found = new ArrayList<>();
        AddressIndex.of(ranges).search(buffer, 3, address.length, found::add);
        return found;
    }
}
