package dev.vigie.net;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A block of IPv4 or IPv6 addresses. */
public final class Cidr {

    /** Shorter forms of IPv4 addresses would mean something else than they seem to. */
    private static final Pattern FORM =
            Pattern.compile(
                    "((?:(?:0|[1-9][0-9]{0,2})\\.){3}(?:0|[1-9][0-9]{0,2})"
                            + "|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*)/([0-9]{1,3})");

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
        Matcher form = FORM.matcher(text);
        if (form.matches()) {
            try {
                byte[] prefix = InetAddress.getByName(form.group(1)).getAddress();
                int bits = Integer.parseInt(form.group(2));
                if (bits <= 8 * prefix.length) {
                    return new Cidr(prefix, bits);
                }
            } catch (UnknownHostException e) {
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
