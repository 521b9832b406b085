package dev.vigie.net;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Keeps connections that strangers ask for (log lists, webhook URLs) away from this machine and its
 * neighbours. The blocks are those of the IANA special-purpose address registries, and those in
 * which an IPv4 address can hide.
 */
public final class AddressGuard {

    private static final List<Cidr> SPECIAL =
            Stream.of(
                            "0.0.0.0/8",
                            "10.0.0.0/8",
                            "100.64.0.0/10",
                            "127.0.0.0/8",
                            "169.254.0.0/16",
                            "172.16.0.0/12",
                            "192.0.0.0/24",
                            "192.0.2.0/24",
                            "192.88.99.0/24",
                            "192.168.0.0/16",
                            "198.18.0.0/15",
                            "198.51.100.0/24",
                            "203.0.113.0/24",
                            "224.0.0.0/4",
                            "240.0.0.0/4",
                            "::/96",
                            "::ffff:0:0:0/96",
                            "64:ff9b::/96",
                            "64:ff9b:1::/48",
                            "100::/64",
                            "2001::/23",
                            "2001:db8::/32",
                            "2002::/16",
                            "3fff::/20",
                            "5f00::/16",
                            "fc00::/7",
                            "fe80::/10",
                            "fec0::/10",
                            "ff00::/8")
                    .map(Cidr::parse)
                    .toList();

    /** The same text is octal for some and decimal for others. */
    private static final Pattern AMBIGUOUS = Pattern.compile("(?:[0-9.]*\\.)?0[0-9][0-9.]*");

    private final boolean allowAll;
    private final List<Cidr> allowed;
    private final Names names;

    private AddressGuard(boolean allowAll, List<Cidr> allowed, Names names) {
        this.allowAll = allowAll;
        this.allowed = allowed;
        this.names = names;
    }

    /** Knows the addresses of names. */
    @FunctionalInterface
    public interface Names {
        InetAddress[] addresses(String host) throws UnknownHostException;
    }

    /** Lets every address pass. */
    public static AddressGuard allowingAll() {
        return new AddressGuard(true, List.of(), InetAddress::getAllByName);
    }

    /** Lets public addresses pass, and those in the given blocks. */
    public static AddressGuard allowingPublicAnd(List<Cidr> allowed) {
        return new AddressGuard(false, List.copyOf(allowed), InetAddress::getAllByName);
    }

    /** The same, asking others for the addresses of names. */
    public AddressGuard asking(Names others) {
        return new AddressGuard(allowAll, allowed, others);
    }

    /**
     * Resolves a host and checks every address that comes back, not only the one that will be used.
     *
     * @throws IOException if it has no address, or one that is not allowed, or not a clear one
     */
    public List<InetAddress> resolve(String host) throws IOException {
        if (AMBIGUOUS.matcher(host).matches()) {
            throw new UnknownHostException(host + " can be read as more than one address");
        }
        List<InetAddress> addresses = new ArrayList<>();
        for (InetAddress resolved : names.addresses(host)) {
            InetAddress address = unmapped(host, resolved);
            if (!allows(address)) {
                throw new ForbiddenAddressException(host, address);
            }
            addresses.add(address);
        }
        return addresses;
    }

    /** The name service may answer with an IPv4 address in the form of IPv6; the JDK keeps that. */
    private static InetAddress unmapped(String host, InetAddress address)
            throws UnknownHostException {
        var same = InetAddress.getByAddress(host, address.getAddress());
        return same instanceof Inet4Address ? same : address;
    }

    /** Whether a connection to the address is allowed. */
    boolean allows(InetAddress address) {
        byte[] bytes = address.getAddress();
        return allowAll
                || SPECIAL.stream().noneMatch(block -> block.contains(bytes))
                || allowed.stream().anyMatch(block -> block.contains(bytes));
    }
}
