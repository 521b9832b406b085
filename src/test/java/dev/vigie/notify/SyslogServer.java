package dev.vigie.notify;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A server that takes syslog over TLS, and keeps the bytes of each connection. */
final class SyslogServer implements AutoCloseable {

    private static final String PASSWORD = "of no worth";

    private final ServerSocket server;
    private final Path certificate;
    private final BlockingQueue<byte[]> received = new LinkedBlockingQueue<>();

    /** Those who trust a server of their own. */
    record Trusting(Optional<Path> trustedCertificates) implements HookConfig {
        @Override
        public Optional<List<String>> allowedNetworks() {
            return Optional.empty();
        }

        @Override
        public Optional<URI> proxy() {
            return Optional.empty();
        }
    }

    /**
     * Starts it.
     *
     * @param folder for its key
     */
    SyslogServer(Path folder) throws Exception {
        Path keyStore = folder.resolve("syslog.p12");
        makeKey(keyStore);
        KeyStore keys = KeyStore.getInstance(keyStore.toFile(), PASSWORD.toCharArray());
        certificate =
                Files.writeString(
                        folder.resolve("syslog.pem"),
                        "-----BEGIN CERTIFICATE-----\n%s\n-----END CERTIFICATE-----\n"
                                .formatted(
                                        Base64.getMimeEncoder()
                                                .encodeToString(
                                                        keys.getCertificate("syslog")
                                                                .getEncoded())));
        var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys, PASSWORD.toCharArray());
        var context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        server =
                context.getServerSocketFactory()
                        .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::take);
    }

    private static void makeKey(Path keyStore) throws Exception {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "keytool")
                                        .toString(),
                                "-genkeypair",
                                "-alias",
                                "syslog",
                                "-keyalg",
                                "EC",
                                "-dname",
                                "CN=127.0.0.1",
                                "-ext",
                                "san=ip:127.0.0.1",
                                "-keystore",
                                keyStore.toString(),
                                "-storetype",
                                "PKCS12",
                                "-storepass",
                                PASSWORD)
                        .redirectErrorStream(true)
                        .start();
        String said = new String(process.getInputStream().readAllBytes(), US_ASCII);
        assertThat(process.waitFor()).as(said).isZero();
    }

    private void take() {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                received.add(socket.getInputStream().readAllBytes());
            } catch (IOException e) {
                // the next one may be better
            }
        }
    }

    Trusting trusted() {
        return new Trusting(Optional.of(certificate));
    }

    String url() {
        return "syslog+tls://127.0.0.1:" + server.getLocalPort();
    }

    /** All that the next connection brought. */
    byte[] next() throws InterruptedException {
        byte[] next = received.poll(1, TimeUnit.MINUTES);
        assertThat(next).isNotNull();
        return next;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
