package dev.vigie.dns;

import com.ibm.icu.text.IDNA;
import com.ibm.icu.util.ICUException;
import java.util.Optional;

/** UTS #46, non-transitional: U-labels to A-labels. The JDK's IDN is IDNA2003 and maps ß to ss. */
final class Idna {

    private static final IDNA UTS46 =
            IDNA.getUTS46Instance(IDNA.NONTRANSITIONAL_TO_ASCII | IDNA.CHECK_BIDI);

    /** What is longer is no name, and the time that ICU takes for a label grows with its square. */
    private static final int LONGEST = 253;

    private Idna() {}

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
