package dev.vigie.rule.address;

import dev.vigie.net.Cidr;
import dev.vigie.net.IpText;

/** One address or a network of them, IPv4 or IPv6, in canonical form. */
public record AddressRange(Cidr block) {

    private static final int IPV4_BYTES = 4;

    // wider networks than these are not watched at all
    private static final int WIDEST_IPV4 = 8;
    private static final int WIDEST_IPV6 = 16;

    // and wider ones than these only if that is meant
    private static final int BROAD_IPV4 = 16;
    private static final int BROAD_IPV6 = 32;

    /** Longer text is no address; it is not shown. */
    private static final int LONGEST = 64;

    /** As {@link #parse} makes it, with no bit beyond the prefix. */
    public AddressRange {
        if (!block.isCanonical()) {
            throw new IllegalArgumentException("not the first address of its network: " + block);
        }
    }

    /**
     * Reads {@code 192.0.2.1}, {@code 192.0.2.0/24}, {@code 2001:db8::1} or {@code 2001:db8::/48}.
     * An IPv6 address that stands for an IPv4 address ({@code ::ffff:192.0.2.1}) is that address.
     *
     * @throws IllegalArgumentException with a sentence that says what is wrong
     */
    public static AddressRange parse(String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("An address is needed, such as 192.0.2.1.");
        }
        if (text.length() > LONGEST || !text.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new IllegalArgumentException(
                    "This is no IP address: it is too long, or has a character that none has.");
        }
        if (text.indexOf('%') >= 0) {
            throw new IllegalArgumentException(
                    "'%s' has a zone; an address in a certificate has none.".formatted(text));
        }
        Cidr block = Cidr.parseBlockOrAddress(text);
        boolean isIpv4 = isIpv4(block);
        int widest = isIpv4 ? WIDEST_IPV4 : WIDEST_IPV6;
        if (block.bits() < widest) {
            throw new IllegalArgumentException(
                    "'%s' is too broad: a network of /%d or narrower is needed."
                            .formatted(text, widest));
        }
        if (!block.isCanonical()) {
            throw new IllegalArgumentException(
                    "'%s' has bits that the network does not: is %s meant?"
                            .formatted(text, block.canonical()));
        }
        return new AddressRange(block);
    }

    private static boolean isIpv4(Cidr block) {
        return block.first().length == IPV4_BYTES;
    }

    /** Whether it has so many addresses that somebody has to say that this is meant. */
    public boolean isBroad() {
        return block.bits() < (isIpv4(block) ? BROAD_IPV4 : BROAD_IPV6);
    }

    /** The canonical text; RFC 5952 for IPv6, and without the bits if it is one address. */
    @Override
    public String toString() {
        return block.isSingle() ? IpText.of(block.first()) : block.toString();
    }
}
