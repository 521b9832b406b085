package dev.vigie.ct.client;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.vigie.net.AddressGuard;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** H17: a log's data are signed, but who is asked for them is to be known all the same. */
class LogHttpTlsTest {

    private static final char[] PASSWORD = "of no worth".toCharArray();

    @TempDir private static Path folder;

    @BeforeAll
    static void makeAuthority() throws Exception {
        keytool("ca", "-keyalg", "EC", "-dname", "CN=Test CA", "-ext", "bc:c");
        certificate("good", "ip:127.0.0.1", "-1d");
        certificate("expired", "ip:127.0.0.1", "-9d");
        certificate("early", "ip:127.0.0.1", "+2d");
        certificate("stranger", "dns:ct.test", "-1d");
    }

    private static void certificate(String alias, String name, String start) throws Exception {
        keytool(
                alias,
                "-keyalg",
                "EC",
                "-dname",
                "CN=127.0.0.1",
                "-ext",
                "san=" + name,
                "-startdate",
                start,
                "-validity",
                "3",
                "-signer",
                "ca",
                "-signerkeypass",
                String.valueOf(PASSWORD));
    }

    private static void keytool(String alias, String... options) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(
                List.of(
                        "-genkeypair",
                        "-alias",
                        alias,
                        "-keystore",
                        keyStore().toString(),
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        String.valueOf(PASSWORD)));
        command.addAll(List.of(options));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), US_ASCII);
        assertThat(process.waitFor()).as(said).isZero();
    }

    private static Path keyStore() {
        return folder.resolve("keys.p12");
    }

    @Test
    void aServerWithAGoodCertificateIsAskedOverOneConnection() throws Exception {
        try (var server = new TlsServer("good");
                LogHttp http = http(trustingTheAuthority())) {
            for (int i = 0; i < 3; i++) {
                assertThat(http.get(server.url(), 100).toByteArray()).asString().isEqualTo("hello");
            }
            assertThat(server.callers).hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource({"expired,NotAfter", "early,NotBefore", "stranger,127.0.0.1 found"})
    void aServerWithABadCertificateIsNot(String alias, String why) throws Exception {
        try (var server = new TlsServer(alias);
                LogHttp http = http(trustingTheAuthority())) {
            assertRefused(http, server, why);
        }
    }

    @ParameterizedTest
    @CsvSource({"ca", "good"})
    void aServerThatOnlyItselfVouchesForIsNot(String alias) throws Exception {
        try (var server = new TlsServer(alias);
                LogHttp http = http(SSLContext.getDefault())) {
            assertRefused(http, server, "certification path");
        }
    }

    private static void assertRefused(LogHttp http, TlsServer server, String why) {
        assertThatExceptionOfType(LogUnavailableException.class)
                .isThrownBy(() -> http.get(server.url(), 100))
                .withMessageStartingWith(
                        "no secure connection to 127.0.0.1:" + server.url().getPort() + ": ")
                .withMessageContaining(why)
                .satisfies(e -> assertThat(e.getMessage()).matches("[ -~…]{1,400}"))
                .satisfies(e -> assertThat(e.isUnasked()).isTrue());
        assertThat(server.callers).isEmpty();
    }

    private static LogHttp http(SSLContext tls) {
        return new LogHttp(
                tls,
                AddressGuard.allowingAll(),
                "Vigie",
                Duration.ofSeconds(20),
                InstantSource.system(),
                new HostBudgets());
    }

    private static SSLContext trustingTheAuthority() throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        KeyStore all = KeyStore.getInstance(keyStore().toFile(), PASSWORD);
        trusted.setCertificateEntry("ca", all.getCertificate("ca"));
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        var context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    private static final class TlsServer implements AutoCloseable {
        private final HttpsServer server;
        private final Set<InetSocketAddress> callers = ConcurrentHashMap.newKeySet();

        TlsServer(String alias) throws IOException, GeneralSecurityException {
            KeyStore all = KeyStore.getInstance(keyStore().toFile(), PASSWORD);
            KeyStore one = KeyStore.getInstance("PKCS12");
            one.load(null, null);
            one.setKeyEntry(
                    alias, all.getKey(alias, PASSWORD), PASSWORD, all.getCertificateChain(alias));
            var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(one, PASSWORD);
            var context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            server =
                    HttpsServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setHttpsConfigurator(new HttpsConfigurator(context));
            server.createContext(
                    "/",
                    exchange -> {
                        callers.add(exchange.getRemoteAddress());
                        exchange.sendResponseHeaders(200, 5);
                        exchange.getResponseBody().write("hello".getBytes(US_ASCII));
                        exchange.close();
                    });
            server.start();
        }

        URI url() {
            return URI.create("https://127.0.0.1:" + server.getAddress().getPort() + "/");
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }
}
