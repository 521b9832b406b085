package dev.vigie.ct;

import java.util.Arrays;

/** TLS' {@code DigitallySigned} (RFC 5246 section 4.7): hash, signature algorithm, signature. */
public final class DigitallySigned {

    static final int SHA256 = 4;
    static final int RSA = 1;
    static final int ECDSA = 3;

    private final int hashAlgorithm;
    private final int signatureAlgorithm;
    private final byte[] signature;

    private DigitallySigned(int hashAlgorithm, int signatureAlgorithm, byte[] signature) {
        this.hashAlgorithm = hashAlgorithm;
        this.signatureAlgorithm = signatureAlgorithm;
        this.signature = signature;
    }

    /** Reads the whole array; nothing may follow the signature. */
    public static DigitallySigned parse(byte[] bytes) throws LogMisbehaviorException {
        if (bytes.length < 4 || ((bytes[2] & 0xff) << 8 | bytes[3] & 0xff) != bytes.length - 4) {
            throw new LogMisbehaviorException("the tree head's signature has a wrong length");
        }
        return new DigitallySigned(
                bytes[0] & 0xff, bytes[1] & 0xff, Arrays.copyOfRange(bytes, 4, bytes.length));
    }

    /** The wire form. */
    public byte[] bytes() {
        byte[] bytes = new byte[4 + signature.length];
        bytes[0] = (byte) hashAlgorithm;
        bytes[1] = (byte) signatureAlgorithm;
        bytes[2] = (byte) (signature.length >> 8);
        bytes[3] = (byte) signature.length;
        System.arraycopy(signature, 0, bytes, 4, signature.length);
        return bytes;
    }

    boolean isSha256With(int algorithm) {
        return hashAlgorithm == SHA256 && signatureAlgorithm == algorithm;
    }

    byte[] signature() {
        return signature;
    }
}
