package dev.vigie.authorisation;

import dev.vigie.dns.DomainName;
import dev.vigie.dns.InertName;
import dev.vigie.net.IpText;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Names that an authorisation is bound to, in canonical form and order: each stands for itself and
 * all names below it, an address for itself. None stand for all names.
 */
record AuthorisedNames(List<String> names) {

    /** More than that is no list of names any more. */
    static final int MOST = 500;

    /**
     * The plain form of a name, maybe with a wildcard before it. Whatever else stands in a
     * certificate is covered by no name, or odd names would be ways around the alert.
     */
    private static final Pattern PLAIN =
            Pattern.compile("(?:\\*\\.)?[a-z0-9_-]+(?:\\.[a-z0-9_-]+)*");

    /**
     * Reads names as people write them.
     *
     * @throws UnusableAuthorisationException if one of them is none
     */
    static AuthorisedNames parse(List<String> texts) {
        if (texts.size() > MOST) {
            throw new UnusableAuthorisationException(
                    "names", "An authorisation has at most %d names.".formatted(MOST));
        }
        var names = new TreeSet<String>();
        for (int i = 0; i < texts.size(); i++) {
            names.add(canonical(texts.get(i).strip(), "names[%d]".formatted(i)));
        }
        return new AuthorisedNames(List.copyOf(names));
    }

    private static String canonical(String text, String field) {
        Optional<String> address = IpText.canonical(text);
        if (address.isPresent()) {
            return address.get();
        }
        if (text.startsWith("*.")) {
            throw new UnusableAuthorisationException(
                    field,
                    "Write %s: it covers all names below it, and wildcards."
                            .formatted(InertName.of(text.substring(2)).text()));
        }
        try {
            return DomainName.parse(text).ascii();
        } catch (IllegalArgumentException e) {
            throw new UnusableAuthorisationException(field, String.valueOf(e.getMessage()));
        }
    }

    /**
     * Whether they cover all names that were met.
     *
     * @param met the first of these names, in inert form
     * @param count how many there were
     */
    boolean cover(List<String> met, int count) {
        return names.isEmpty()
                || !met.isEmpty() && count <= met.size() && met.stream().allMatch(this::covers);
    }

    private boolean covers(String met) {
        Optional<String> address = IpText.canonical(met);
        if (address.isPresent()) {
            return names.contains(address.get());
        }
        String lower = met.toLowerCase(Locale.ROOT);
        String name = lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
        return PLAIN.matcher(name).matches()
                && names.stream()
                        .filter(bound -> IpText.canonical(bound).isEmpty())
                        .anyMatch(bound -> name.equals(bound) || name.endsWith("." + bound));
    }
}
