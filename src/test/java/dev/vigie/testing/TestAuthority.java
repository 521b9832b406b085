package dev.vigie.testing;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** An authority of its own, whose certificates are as good or as bad as a test wants. */
public final class TestAuthority {

    private static final String NAME = "Odd Test CA";
    private static final char[] PASSWORD = "of no worth".toCharArray();
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

    private final KeyPair keys = newKeys();
    private final byte[] certificate =
            signed(
                    valid(Duration.ofDays(-1))
                            .commonNamed(NAME)
                            .key(keys.getPublic().getEncoded())
                            .with(
                                    TestDer.extension(
                                            "551d13", TestDer.sequence(TestDer.hex("0101ff")))));

    /** A name of a DNS, for certificates. */
    public static byte[] dns(String name) {
        return TestDer.dns(name);
    }

    /** An address, for certificates. */
    public static byte[] loopback() {
        return TestDer.tlv(0x87, new byte[] {127, 0, 0, 1});
    }

    /** Writes the certificate of the authority. */
    public Path writeTo(Path folder) throws IOException {
        return Files.writeString(folder.resolve("ca.pem"), Pem.certificate(certificate));
    }

    /**
     * A server with a certificate that is good for a name, and from some time on for three days.
     */
    public SSLContext server(byte[] name, Duration start) throws Exception {
        KeyPair own = newKeys();
        byte[] end =
                signed(
                        valid(start)
                                .commonNamed("server")
                                .key(own.getPublic().getEncoded())
                                .names(name));
        return context(own, end, certificate);
    }

    /** A server that only it itself vouches for. */
    public SSLContext serverOfItsOwn() throws Exception {
        return context(keys, certificate);
    }

    private static SSLContext context(KeyPair keys, byte[]... chain) throws Exception {
        Certificate[] certificates = new Certificate[chain.length];
        for (int i = 0; i < chain.length; i++) {
            certificates[i] =
                    CertificateFactory.getInstance("X.509")
                            .generateCertificate(new ByteArrayInputStream(chain[i]));
        }
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("server", keys.getPrivate(), PASSWORD, certificates);
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    private static CertificateBuilder valid(Duration start) {
        Instant begin = Instant.now().plus(start);
        return new CertificateBuilder()
                .validity(
                        CertificateBuilder.validity(
                                TIME.format(begin), TIME.format(begin.plus(Duration.ofDays(3)))));
    }

    private byte[] signed(CertificateBuilder content) {
        try {
            byte[] tbs = content.tbs();
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(keys.getPrivate());
            signature.update(tbs);
            return TestDer.sequence(
                    tbs,
                    CertificateBuilder.ECDSA_WITH_SHA256,
                    TestDer.tlv(0x03, new byte[1], signature.sign()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair newKeys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
