package dev.vigie.net;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/** Addresses that are written as such; nothing here asks for a name. */
public final class IpLiteral {

    private static final int LONGEST = 45;

    /** Shorter forms of IPv4 addresses would mean something else than they seem to. */
    private static final Pattern FORM =
            Pattern.compile(
                    "(?:(?:0|[1-9][0-9]{0,2})\\.){3}(?:0|[1-9][0-9]{0,2})"
                            + "|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

    private IpLiteral() {}

    /** The one form that all forms of an IPv4 or IPv6 address have; empty if it is none. */
    public static Optional<String> canonical(String text) {
        if (text.length() > LONGEST || !FORM.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(text).getHostAddress());
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }
}
