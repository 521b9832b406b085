package dev.vigie.net;

import java.util.HexFormat;
import java.util.Optional;

/** Addresses as text: any usual way to write one, and the one in which they are shown. */
public final class IpText {

    private static final int GROUPS = 8;

    private IpText() {}

    /** The 4 or 16 bytes of an address that is written as such; empty if it is none. */
    public static Optional<byte[]> parse(String text) {
        return Cidr.address(text);
    }

    /** The one form that all forms of an address have; empty if it is none. */
    public static Optional<String> canonical(String text) {
        return parse(text).map(IpText::of);
    }

    /**
     * Four numbers for IPv4, the form of RFC 5952 section 4 for IPv6.
     *
     * @param address 4 or 16 bytes
     */
    public static String of(byte[] address) {
        if (address.length == 4) {
            return "%d.%d.%d.%d"
                    .formatted(
                            address[0] & 0xff,
                            address[1] & 0xff,
                            address[2] & 0xff,
                            address[3] & 0xff);
        }
        if (address.length != 2 * GROUPS) {
            throw new IllegalArgumentException("no address has as many bytes: " + address.length);
        }
        int[] groups = new int[GROUPS];
        for (int i = 0; i < GROUPS; i++) {
            groups[i] = (address[2 * i] & 0xff) << 8 | address[2 * i + 1] & 0xff;
        }
        return of(groups);
    }

    /** The longest row of two or more zeros is left out, the first one if there are two as long. */
    private static String of(int[] groups) {
        int gap = GROUPS;
        int longest = 1;
        for (int start = 0; start < GROUPS; start++) {
            int end = start;
            while (end < GROUPS && groups[end] == 0) {
                end++;
            }
            if (end - start > longest) {
                gap = start;
                longest = end - start;
            }
        }
        var text = new StringBuilder();
        for (int i = 0; i < GROUPS; i++) {
            if (i == gap) {
                text.append("::");
                i += longest - 1;
                continue;
            }
            if (!text.isEmpty() && text.charAt(text.length() - 1) != ':') {
                text.append(':');
            }
            text.append(hex(groups[i]));
        }
        return text.toString();
    }

    private static String hex(int group) {
        String digits = HexFormat.of().toHexDigits((short) group);
        return digits.replaceFirst("^0{1,3}", "");
    }
}
