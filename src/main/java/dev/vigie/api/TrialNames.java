package dev.vigie.api;

import dev.vigie.rule.NameMatcher;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Names as a person writes them, held against rules as if they stood in one certificate. */
final class TrialNames {

    /** Nothing but addresses, so that no name is ever looked up. */
    private static final Pattern ADDRESS =
            Pattern.compile(
                    "(?:(?:0|[1-9][0-9]?|1[0-9]{2}|2[0-4][0-9]|25[0-5])(?:\\.(?!$)|$)){4}"
                            + "|(?=[^:]*:)[0-9a-fA-F:][0-9a-fA-F:.]*");

    private TrialNames() {}

    static void tell(List<String> names, NameMatcher matcher) {
        for (String name : names) {
            Optional<byte[]> address = address(name);
            if (address.isPresent()) {
                matcher.ipAddress(address.get(), 0, address.get().length);
            } else {
                byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
                matcher.dnsName(bytes, 0, bytes.length);
            }
        }
    }

    private static Optional<byte[]> address(String text) {
        try {
            return ADDRESS.matcher(text).matches()
                    ? Optional.of(InetAddress.getByName(text).getAddress())
                    : Optional.empty();
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }
}
