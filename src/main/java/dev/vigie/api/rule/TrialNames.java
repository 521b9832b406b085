package dev.vigie.api.rule;

import dev.vigie.net.IpText;
import dev.vigie.rule.NameMatcher;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Names as a person writes them, held against rules as if they stood in one certificate. */
final class TrialNames {

    private TrialNames() {}

    static void tell(List<String> names, NameMatcher matcher) {
        for (String name : names) {
            Optional<byte[]> address = IpText.parse(name);
            if (address.isPresent()) {
                matcher.ipAddress(address.get(), 0, address.get().length);
            } else {
                byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
                matcher.dnsName(bytes, 0, bytes.length);
            }
        }
    }
}
