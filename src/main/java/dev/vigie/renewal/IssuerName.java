package dev.vigie.renewal;

import java.util.Comparator;
import java.util.List;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/**
 * Who issues: the organisation, since CAs issue with one intermediate certificate today and with
 * another one tomorrow.
 */
final class IssuerName {

    private IssuerName() {}

    /** The organisation in a distinguished name in its kept form, or the name as it is. */
    static String organisation(String distinguishedName) {
        try {
            // its backslashes were doubled when it was made inert
            List<Rdn> parts = new LdapName(distinguishedName.replace("\\\\", "\\")).getRdns();
            return parts.stream()
                    .filter(part -> part.getType().equalsIgnoreCase("O"))
                    .map(part -> String.valueOf(part.getValue()))
                    .min(Comparator.naturalOrder())
                    .orElse(distinguishedName);
        } catch (InvalidNameException e) {
            return distinguishedName;
        }
    }
}
