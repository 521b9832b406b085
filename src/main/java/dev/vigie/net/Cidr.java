package dev.vigie.net;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** A block of IPv4 or IPv6 addresses. */
public final class Cidr {

    private final byte[] prefix;
    private final int bits;

    private Cidr(byte[] prefix, int bits) {
        this.prefix = prefix;
        this.bits = bits;
    }

    /**
     * Reads {@code 192.0.2.0/24} or {@code 2001:db8::/32}.
     *
     * @throws IllegalArgumentException with a sentence that says what is wrong
     */
    public static Cidr parse(String text) {
        int slash = text.indexOf('/');
        String address = slash < 0 ? "" : text.substring(0, slash);
        if (address.matches("[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*")) {
            try {
                byte[] prefix = InetAddress.getByName(address).getAddress();
                int bits = Integer.parseInt(text.substring(slash + 1));
                if (bits >= 0 && bits <= 8 * prefix.length) {
                    return new Cidr(prefix, bits);
                }
            } catch (UnknownHostException | NumberFormatException e) {
                // said below
            }
        }
        throw new IllegalArgumentException(
                "'%s' is no network such as 192.0.2.0/24.".formatted(text));
    }

    /** Whether the address, 4 or 16 bytes, lies in the block. */
    public boolean contains(byte[] address) {
        if (address.length != prefix.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit += 8) {
            int mask = bits - bit >= 8 ? 0xff : 0xff << 8 - (bits - bit) & 0xff;
            if (((address[bit / 8] ^ prefix[bit / 8]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }
}
