package dev.vigie.ct.loglist;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/**
 * The key with which a list's publisher signs it: RSA, PKCS#1 v1.5, SHA-256, over the exact bytes.
 */
public final class LogListKey {

    private final PublicKey key;

    private LogListKey(PublicKey key) {
        this.key = key;
    }

    /**
     * Reads a PEM public key.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static LogListKey parsePem(String pem) {
        String base64 = pem.replaceAll("-----[A-Z ]+-----", "");
        try {
            byte[] spki = Base64.getMimeDecoder().decode(base64);
            return new LogListKey(
                    KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(spki)));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("not an RSA public key in PEM form", e);
        }
    }

    /** Refuses a list whose signature does not verify. */
    public void check(byte[] list, byte[] signature) throws LogListException {
        try {
            Signature verifier = Signature.getInstance("SHA256withRSA");
            verifier.initVerify(key);
            verifier.update(list);
            if (verifier.verify(signature)) {
                return;
            }
        } catch (GeneralSecurityException e) {
            throw new LogListException("The signature of the log list is broken.", e);
        }
        throw new LogListException("The signature of the log list does not verify.");
    }
}
