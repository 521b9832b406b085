package dev.vigie.ct;

import dev.vigie.hash.Sha256;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/** A log's public key: ECDSA on P-256 or RSA of at least 2048 bits (RFC 6962 section 2.1.4). */
public final class LogKey {

    private static final byte[] RSA_OID = {0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d};

    private final PublicKey key;
    private final LogId id;

    private LogKey(PublicKey key, LogId id) {
        this.key = key;
        this.id = id;
    }

    /**
     * Reads a DER SubjectPublicKeyInfo.
     *
     * @throws IllegalArgumentException if it is none, or of a kind that logs may not use
     */
    public static LogKey parse(byte[] spki) {
        LogId id = new LogId(Sha256.hash(spki));
        try {
            PublicKey key =
                    KeyFactory.getInstance(isRsa(spki) ? "RSA" : "EC")
                            .generatePublic(new X509EncodedKeySpec(spki));
            if (key instanceof RSAPublicKey rsa && rsa.getModulus().bitLength() < 2048) {
                throw new IllegalArgumentException("an RSA key of less than 2048 bits");
            }
            if (key instanceof ECPublicKey ec
                    && ec.getParams().getCurve().getField().getFieldSize() != 256) {
                throw new IllegalArgumentException("an EC key that is not on P-256");
            }
            return new LogKey(key, id);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("not a public key of a log", e);
        }
    }

    /** {@link #parse(byte[])} of standard base64. */
    public static LogKey parseBase64(String base64) {
        return parse(Base64.getDecoder().decode(base64));
    }

    public LogId id() {
        return id;
    }

    /** Whether the signature is this key's over the data; false also for another algorithm. */
    public boolean verifies(byte[] signed, DigitallySigned signature) {
        boolean rsa = key instanceof RSAPublicKey;
        if (!signature.isSha256With(rsa ? DigitallySigned.RSA : DigitallySigned.ECDSA)) {
            return false;
        }
        try {
            Signature verifier = Signature.getInstance(rsa ? "SHA256withRSA" : "SHA256withECDSA");
            verifier.initVerify(key);
            verifier.update(signed);
            return verifier.verify(signature.signature());
        } catch (GeneralSecurityException e) {
            return false; // the signature's own encoding is broken
        }
    }

    private static boolean isRsa(byte[] spki) {
        outer:
        for (int at = 0; at + RSA_OID.length <= Math.min(spki.length, 32); at++) {
            for (int i = 0; i < RSA_OID.length; i++) {
                if (spki[at + i] != RSA_OID[i]) {
                    continue outer;
                }
            }
            return true;
        }
        return false;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LogKey that && id.equals(that.id);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }
}
