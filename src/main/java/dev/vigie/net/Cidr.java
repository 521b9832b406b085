package dev.vigie.net;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A block of IPv4 or IPv6 addresses. */
public final class Cidr {

    /** Shorter forms of IPv4 addresses would mean something else than they seem to. */
    private static final Pattern FORM =
            Pattern.compile(
                    "((?:(?:0|[1-9][0-9]{0,2})\\.){3}(?:0|[1-9][0-9]{0,2})"
                            + "|[0-9a-fA-F:][0-9a-fA-F:.]*:[0-9a-fA-F:.]*)(?:/(0|[1-9][0-9]{0,2}))?");

    private static final int BIGGEST_OCTET = 255;

    private static final int MAPPED_BITS = 96;

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
        @Nullable Cidr block = form.matches() && form.group(2) != null ? read(form) : null;
        if (block == null) {
            throw new IllegalArgumentException(
                    "'%s' is no network such as 192.0.2.0/24.".formatted(text));
        }
        return block;
    }

    /**
     * Reads a block, or a single address without the number of its bits. An IPv6 address that
     * stands for an IPv4 address is that address.
     *
     * @throws IllegalArgumentException with a sentence that says what is wrong
     */
    public static Cidr parseBlockOrAddress(String text) {
        Matcher form = FORM.matcher(text);
        @Nullable Cidr block = form.matches() ? read(form) : null;
        if (block == null) {
            throw new IllegalArgumentException(
                    "'%s' is no address such as 192.0.2.1 and no network such as 192.0.2.0/24."
                            .formatted(text));
        }
        return block;
    }

    /** The bytes of a single address without the number of its bits; empty if it is none. */
    static Optional<byte[]> address(String text) {
        Matcher form = FORM.matcher(text);
        return form.matches() && form.group(2) == null
                ? Optional.ofNullable(read(form)).map(Cidr::first)
                : Optional.empty();
    }

    private static @Nullable Cidr read(Matcher form) {
        String address = form.group(1);
        boolean isIpv4 = address.indexOf(':') < 0;
        // the JDK would ask the name service for what looks like an address but is none
        if (isIpv4
                && Arrays.stream(address.split("\\."))
                        .anyMatch(o -> Integer.parseInt(o) > BIGGEST_OCTET)) {
            return null;
        }
        try {
            byte[] prefix = InetAddress.getByName(address).getAddress();
            int whole = 8 * prefix.length;
            int skipped = !isIpv4 && prefix.length == 4 ? MAPPED_BITS : 0;
            int bits = form.group(2) == null ? whole : Integer.parseInt(form.group(2)) - skipped;
            return bits >= 0 && bits <= whole ? new Cidr(prefix, bits) : null;
        } catch (UnknownHostException e) {
            return null;
        }
    }

    /** The first address of the block, 4 or 16 bytes. */
    public byte[] first() {
        byte[] first = prefix.clone();
        for (int i = 0; i < first.length; i++) {
            first[i] &= (byte) mask(8 * i);
        }
        return first;
    }

    /** How many bits all its addresses begin with. */
    public int bits() {
        return bits;
    }

    /** Whether it is one address only. */
    public boolean isSingle() {
        return bits == 8 * prefix.length;
    }

    /** Whether it was written with the first address of the block, not with another one in it. */
    public boolean isCanonical() {
        return Arrays.equals(prefix, first());
    }

    /** The same block, written with its first address. */
    public Cidr canonical() {
        return new Cidr(first(), bits);
    }

    /** Those of the eight bits from one on that all addresses have in common. */
    private int mask(int bit) {
        int left = Math.clamp(bits - bit, 0, 8);
        return 0xff << 8 - left & 0xff;
    }

    /** Whether the address, 4 or 16 bytes, lies in the block. */
    public boolean contains(byte[] address) {
        if (address.length != prefix.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit += 8) {
            if (((address[bit / 8] ^ prefix[bit / 8]) & mask(bit)) != 0) {
                return false;
            }
        }
        return true;
    }

    /** The address as it was given in the form of RFC 5952, and the number of bits. */
    @Override
    public String toString() {
        return IpText.of(prefix) + "/" + bits;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Cidr that
                && bits == that.bits
                && Arrays.equals(prefix, that.prefix);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(prefix) + bits;
    }
}
