package dev.vigie.stream;

import java.util.Map;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.jspecify.annotations.Nullable;

/** What certstream calls the ways of signing. */
final class SignatureNames {

    private static final String RSA = "1.2.840.113549.1.1.";
    private static final String ECDSA = "1.2.840.10045.4.";
    private static final Map<String, String> NAMES =
            Map.ofEntries(
                    Map.entry(RSA + 4, "md5, rsa"),
                    Map.entry(RSA + 5, "sha1, rsa"),
                    Map.entry(RSA + 11, "sha256, rsa"),
                    Map.entry(RSA + 12, "sha384, rsa"),
                    Map.entry(RSA + 13, "sha512, rsa"),
                    Map.entry(ECDSA + 1, "sha1, ecdsa"),
                    Map.entry(ECDSA + "3.2", "sha256, ecdsa"),
                    Map.entry(ECDSA + "3.3", "sha384, ecdsa"),
                    Map.entry(ECDSA + "3.4", "sha512, ecdsa"));

    private SignatureNames() {}

    /** The name, or the number of one that has none; null if it cannot be read. */
    static @Nullable String of(TBSCertificate tbs) {
        return OrNull.read(() -> {
            String oid = tbs.getSignature().getAlgorithm().getId();
            return NAMES.getOrDefault(oid, Inert.text(oid));
        });
    }
}
