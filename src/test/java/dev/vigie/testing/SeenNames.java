package dev.vigie.testing;

import dev.vigie.x509.CertificateScanner;
import dev.vigie.x509.NameSink;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes down the names that a certificate has: {@code dns:} and {@code cn:} one byte a character,
 * {@code ip:} in hex.
 */
public final class SeenNames implements NameSink {

    private final List<String> names = new ArrayList<>();
    private @Nullable String problem;

    public static SeenNames of(byte[] certificate) {
        var seen = new SeenNames();
        seen.problem =
                new CertificateScanner().scanCertificate(certificate, 0, certificate.length, seen);
        return seen;
    }

    public List<String> names() {
        return names;
    }

    public @Nullable String problem() {
        return problem;
    }

    @Override
    public void dnsName(byte[] buffer, int offset, int length) {
        names.add("dns:" + new String(buffer, offset, length, StandardCharsets.ISO_8859_1));
    }

    @Override
    public void commonName(byte[] buffer, int offset, int length) {
        names.add("cn:" + new String(buffer, offset, length, StandardCharsets.ISO_8859_1));
    }

    @Override
    public void ipAddress(byte[] buffer, int offset, int length) {
        names.add("ip:" + HexFormat.of().formatHex(buffer, offset, offset + length));
    }
}
