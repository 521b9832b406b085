package dev.vigie.simulator;

import dev.vigie.ct.Checkpoint;
import dev.vigie.ct.LogKey;
import dev.vigie.ct.SignedTreeHead;
import dev.vigie.ct.TreeHead;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Base64;

/** A log's private key, and what logs do with it. */
public final class LogSigner {

    private final KeyPair keys;

    private LogSigner(KeyPair keys) {
        this.keys = keys;
    }

    /** A new ECDSA key on P-256. */
    public static LogSigner ecdsa() {
        return generate("EC", 256);
    }

    /** A new RSA key. */
    public static LogSigner rsa() {
        return generate("RSA", 2048);
    }

    private static LogSigner generate(String algorithm, int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(bits);
            return new LogSigner(generator.generateKeyPair());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The DER form of the public key. */
    public byte[] spki() {
        return keys.getPublic().getEncoded();
    }

    public LogKey publicKey() {
        return LogKey.parse(spki());
    }

    /** The body of get-sth. */
    public String sth(TreeHead head, long timestamp) {
        return "{\"tree_size\":%d,\"timestamp\":%d,\"sha256_root_hash\":\"%s\",\"tree_head_signature\":\"%s\"}"
                .formatted(
                        head.size(),
                        timestamp,
                        head.root().base64(),
                        base64(digitallySigned(head, timestamp)));
    }

    /** A checkpoint with one signature. */
    public String checkpoint(String origin, TreeHead head, long timestamp) {
        var signature = new ByteArrayOutputStream();
        signature.writeBytes(Checkpoint.keyId(origin, publicKey().id()));
        signature.writeBytes(ByteBuffer.allocate(8).putLong(timestamp).array());
        signature.writeBytes(digitallySigned(head, timestamp));
        return "%s\n%d\n%s\n\n— %s %s\n"
                .formatted(
                        origin,
                        head.size(),
                        head.root().base64(),
                        origin,
                        base64(signature.toByteArray()));
    }

    private byte[] digitallySigned(TreeHead head, long timestamp) {
        byte[] signature = sign(SignedTreeHead.signedBytes(head, timestamp));
        boolean rsa = keys.getPrivate().getAlgorithm().equals("RSA");
        return ByteBuffer.allocate(4 + signature.length)
                .put((byte) 4)
                .put((byte) (rsa ? 1 : 3))
                .putShort((short) signature.length)
                .put(signature)
                .array();
    }

    /** Signs as logs and publishers of log lists do. */
    public byte[] sign(byte[] data) {
        boolean rsa = keys.getPrivate().getAlgorithm().equals("RSA");
        try {
            Signature signer = Signature.getInstance(rsa ? "SHA256withRSA" : "SHA256withECDSA");
            signer.initSign(keys.getPrivate());
            signer.update(data);
            return signer.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The public key in PEM form. */
    public String pem() {
        return "-----BEGIN PUBLIC KEY-----\n%s\n-----END PUBLIC KEY-----\n"
                .formatted(
                        Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                                .encodeToString(spki()));
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
