package dev.vigie.match;

import java.util.Locale;
import java.util.regex.Pattern;

/** What stands for all names of one owner; matches are put together by it. */
public final class RegistrableDomain {

    private static final int LONGEST = 253;
    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|[0-9a-f:.]*:[0-9a-f:.]*");

    private RegistrableDomain() {}

    /**
     * The registrable domain of a name as it stands in a certificate, in inert form; an address is
     * its own.
     */
    public static String of(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        String plain = lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
        String domain = ADDRESS.matcher(plain).matches() ? plain : registrableDomain(plain);
        return domain.length() > LONGEST ? domain.substring(domain.length() - LONGEST) : domain;
    }

    /** The last two labels, as long as public suffixes are not known. */
    private static String registrableDomain(String name) {
        int dot = name.lastIndexOf('.', name.lastIndexOf('.') - 1);
        return dot < 0 ? name : name.substring(dot + 1);
    }
}
