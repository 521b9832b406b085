package dev.vigie.api.rule;

import dev.vigie.api.InvalidRequestException;
import dev.vigie.dns.InertName;
import dev.vigie.rule.NameMatcher;
import dev.vigie.x509.CertificateScanner;
import dev.vigie.x509.RawNameSearch;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A certificate as PEM, held against rules as one of a log would be. */
final class TrialCertificate {

    private static final Pattern PEM =
            Pattern.compile(
                    "\\s*-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\\s]*+)-----END CERTIFICATE-----\\s*");

    private final byte[] der;

    private TrialCertificate(byte[] der) {
        this.der = der;
    }

    /**
     * Reads one certificate.
     *
     * @throws InvalidRequestException if it is anything else, or more than one
     */
    static TrialCertificate parse(String pem) {
        Matcher form = PEM.matcher(pem);
        if (form.matches()) {
            try {
                String base64 = form.group(1).replaceAll("\\s", "");
                return new TrialCertificate(Base64.getDecoder().decode(base64));
            } catch (IllegalArgumentException e) {
                // said below
            }
        }
        throw new InvalidRequestException(
                "pem",
                "This is not one certificate between -----BEGIN CERTIFICATE----- and"
                        + " -----END CERTIFICATE-----.");
    }

    /** Tells its names; returns what could not be read, or null. */
    @Nullable String tell(NameMatcher matcher) {
        String problem = new CertificateScanner().scanCertificate(der, 0, der.length, matcher);
        if (problem == null) {
            return null;
        }
        matcher.guessing(true);
        RawNameSearch.search(der, 0, der.length, matcher);
        matcher.guessing(false);
        return InertName.of(problem).text();
    }
}
