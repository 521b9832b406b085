package dev.vigie.cli;

import dev.vigie.dns.InertName;
import dev.vigie.net.IpText;
import dev.vigie.rule.NameMatcher;
import dev.vigie.x509.CertificateScanner;
import dev.vigie.x509.RawNameSearch;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Names and certificates, told to a matcher as those of a log are. */
final class TrialInput {

    private static final Pattern PEM =
            Pattern.compile(
                    "(?s)-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\\s]*+)-----END CERTIFICATE-----");

    private TrialInput() {}

    static void tellName(String name, NameMatcher matcher) {
        IpText.parse(name)
                .ifPresentOrElse(
                        address -> matcher.ipAddress(address, 0, address.length),
                        () -> {
                            byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
                            matcher.dnsName(bytes, 0, bytes.length);
                        });
    }

    /** The first certificate of a PEM file; returns what of it could not be read, or null. */
    static @Nullable String tellCertificate(byte[] file, NameMatcher matcher) {
        Matcher form = PEM.matcher(new String(file, StandardCharsets.ISO_8859_1));
        if (!form.find()) {
            throw new CommandFailedException(
                    "There is nothing between -----BEGIN CERTIFICATE----- and -----END"
                            + " CERTIFICATE----- in it.");
        }
        byte[] der;
        try {
            der = Base64.getDecoder().decode(form.group(1).replaceAll("\\s", ""));
        } catch (IllegalArgumentException e) {
            throw new CommandFailedException("What is between the lines is no base64.");
        }
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
