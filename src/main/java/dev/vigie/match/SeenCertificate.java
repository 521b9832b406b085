package dev.vigie.match;

import dev.vigie.dns.InertName;
import dev.vigie.hash.Sha256;
import dev.vigie.x509.CertificateScanner;
import dev.vigie.x509.NameSink;
import dev.vigie.x509.TbsHash;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A certificate or precertificate that met a rule, with what people read about it.
 *
 * @param der the certificate; where a log does not give the precertificate, its TBS
 * @param dnsNames the first of them, in inert form
 */
public record SeenCertificate(
        Sha256 sha256,
        Sha256 tbsSha256,
        boolean precertificate,
        byte[] der,
        CertificateDetails details,
        List<String> dnsNames,
        int dnsNameCount,
        List<String> ipAddresses,
        Optional<Sha256> issuerKeyHash) {

    /** More are counted, not kept. */
    public static final int MOST_NAMES = 100;

    /** A final certificate. */
    public static SeenCertificate ofCertificate(byte[] der, Optional<Sha256> issuerKeyHash) {
        byte[] tbs = TbsHash.tbsOf(der).orElse(der);
        return of(der, tbs, false, issuerKeyHash);
    }

    /**
     * A precertificate.
     *
     * @param der as it was submitted, if the log gives it
     * @param tbs as the log has it in its leaf
     */
    public static SeenCertificate ofPrecertificate(
            Optional<byte[]> der, byte[] tbs, Sha256 issuerKeyHash) {
        return of(der.orElse(tbs), tbs, true, Optional.of(issuerKeyHash));
    }

    /** The same, with what is known of its issuer's key. */
    public SeenCertificate issuedBy(Optional<Sha256> keyHash) {
        return new SeenCertificate(
                sha256,
                tbsSha256,
                precertificate,
                der,
                details,
                dnsNames,
                dnsNameCount,
                ipAddresses,
                keyHash);
    }

    private static SeenCertificate of(
            byte[] der, byte[] tbs, boolean precertificate, Optional<Sha256> issuerKeyHash) {
        var names = new Names();
        new CertificateScanner().scanTbs(tbs, 0, tbs.length, names);
        return new SeenCertificate(
                Sha256.hash(der),
                TbsHash.ofTbs(tbs),
                precertificate,
                der,
                CertificateDetails.ofTbs(tbs),
                names.dnsNames.stream().limit(MOST_NAMES).toList(),
                names.dnsNames.size(),
                List.copyOf(names.ipAddresses),
                issuerKeyHash);
    }

    private static final class Names implements NameSink {
        private final Set<String> dnsNames = new LinkedHashSet<>();
        private final List<String> ipAddresses = new ArrayList<>();

        @Override
        public void dnsName(byte[] buffer, int offset, int length) {
            dnsNames.add(InertName.of(buffer, offset, length).text());
        }

        @Override
        public void commonName(byte[] buffer, int offset, int length) {
            String name = InertName.of(buffer, offset, length).text();
            if (name.contains(".") && !name.contains(" ")) {
                dnsNames.add(name);
            }
        }

        @Override
        public void ipAddress(byte[] buffer, int offset, int length) {
            byte[] address = new byte[length];
            System.arraycopy(buffer, offset, address, 0, length);
            if (ipAddresses.size() < MOST_NAMES) {
                ipAddresses.add(text(address));
            }
        }

        private static String text(byte[] address) {
            try {
                return InetAddress.getByAddress(address).getHostAddress();
            } catch (UnknownHostException e) {
                String hex = HexFormat.of().formatHex(address, 0, Math.min(address.length, 32));
                return "0x" + hex; // of a length that no address has
            }
        }
    }
}
