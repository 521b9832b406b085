package dev.vigie.net;

import java.io.IOException;
import java.net.InetAddress;

/** A host name leads to an address that connections may not go to. */
public class ForbiddenAddressException extends IOException {

    private static final long serialVersionUID = 1L;

    public ForbiddenAddressException(String host, InetAddress address) {
        super(
                "%s is at %s, which is not a public address and not allowed"
                        .formatted(host, address.getHostAddress()));
    }
}
