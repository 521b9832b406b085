package dev.vigie.dns;

import com.ibm.icu.text.IDNA;
import com.ibm.icu.text.Normalizer2;
import com.ibm.icu.util.ICUException;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * UTS #46, non-transitional: U-labels to A-labels and back. The JDK's IDN is IDNA2003 and maps ß to
 * ss.
 */
public final class Idna {

    private static final IDNA UTS46 =
            IDNA.getUTS46Instance(IDNA.NONTRANSITIONAL_TO_ASCII | IDNA.CHECK_BIDI);

    private static final Normalizer2 MAPPING =
            Normalizer2.getInstance(null, "uts46", Normalizer2.Mode.COMPOSE);

    /** What is longer is no name, and the time that ICU takes for a label grows with its square. */
    private static final int LONGEST = 253;

    private static final int LONGEST_LABEL = 63;

    private static final String A_LABEL = "xn--";

    private Idna() {}

    /**
     * A name with its A-labels as U-labels; those that are not valid stay as they are, since
     * certificates contain any. Costs an ICU call for each A-label.
     *
     * @param ascii labels in lower case
     */
    public static String toUnicode(String ascii) {
        if (!ascii.contains(A_LABEL)) {
            return ascii;
        }
        return Arrays.stream(ascii.split("\\.", -1))
                .map(Idna::labelToUnicode)
                .collect(Collectors.joining("."));
    }

    /**
     * Part of a name in the form that names have: lower case, composed, wide letters as plain ones.
     * A character that can stand in no name becomes U+FFFD, unless it is ASCII.
     */
    public static String mapped(String text) {
        return MAPPING.normalize(text);
    }

    private static String labelToUnicode(String label) {
        if (!label.startsWith(A_LABEL) || label.length() > LONGEST_LABEL) {
            return label;
        }
        var info = new IDNA.Info();
        var unicode = new StringBuilder();
        try {
            UTS46.labelToUnicode(label, unicode, info);
        } catch (ICUException e) {
            return label;
        }
        return info.getErrors().contains(IDNA.Error.PUNYCODE) ? label : unicode.toString();
    }

    /** The name with A-labels, lower case; empty if a label cannot be one. */
    static Optional<String> toAscii(String name) {
        if (name.length() > LONGEST) {
            return Optional.empty();
        }
        var info = new IDNA.Info();
        var ascii = new StringBuilder();
        try {
            UTS46.nameToASCII(name, ascii, info);
        } catch (ICUException e) {
            // thrown for a long label, such as few characters that stand for many
            return Optional.empty();
        }
        var errors = info.getErrors();
        // certificates and rules contain such labels, and they mean what they say
        errors.remove(IDNA.Error.HYPHEN_3_4);
        errors.remove(IDNA.Error.LEADING_HYPHEN);
        errors.remove(IDNA.Error.TRAILING_HYPHEN);
        return errors.isEmpty() ? Optional.of(ascii.toString()) : Optional.empty();
    }
}
