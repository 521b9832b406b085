package dev.vigie.renewal;

import java.util.Comparator;
import java.util.regex.Pattern;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/**
 * Who issues: the organisation, since CAs issue with one intermediate certificate today and with
 * another one tomorrow.
 */
final class IssuerName {

    /** A backslash that was doubled, or a byte that was written out, when it was made inert. */
    private static final Pattern INERT = Pattern.compile("\\\\(?:\\\\|x([0-9a-f]{2}))");

    private IssuerName() {}

    /** The organisation in a distinguished name in its kept form, or the name as it is. */
    static String organisation(String distinguishedName) {
        try {
            return new LdapName(original(distinguishedName))
                    .getRdns().stream()
                            .filter(part -> part.getType().equalsIgnoreCase("O"))
                            .map(part -> text(part.getValue()))
                            .min(Comparator.naturalOrder())
                            .orElse(distinguishedName);
        } catch (InvalidNameException | IllegalArgumentException e) {
            return distinguishedName; // the JDK has both for what it cannot read
        }
    }

    /** As it was, with bytes that are no plain letters as such names write them (RFC 4514). */
    private static String original(String kept) {
        return INERT.matcher(kept)
                .replaceAll(part -> "\\\\" + (part.group(1) == null ? "" : part.group(1)));
    }

    private static String text(Object value) {
        return value instanceof String text ? text : Rdn.escapeValue(value);
    }
}
