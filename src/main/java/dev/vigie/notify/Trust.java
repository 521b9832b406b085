package dev.vigie.notify;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Whose certificates are good: those that the JVM trusts, and those that the operator named. */
@ApplicationScoped
class Trust {

    private final TrustManager manager;

    Trust(HookConfig config) {
        try {
            TrustManager usual = manager(null);
            Optional<Path> file = config.trustedCertificates();
            manager = file.isEmpty() ? usual : with(usual, read(file.get()));
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException(
                    "vigie.webhook.trusted-certificates cannot be read: " + e.getMessage(), e);
        }
    }

    private static List<Certificate> read(Path file) throws GeneralSecurityException, IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return List.copyOf(CertificateFactory.getInstance("X.509").generateCertificates(in));
        }
    }

    private static TrustManager with(TrustManager usual, List<Certificate> others)
            throws GeneralSecurityException, IOException {
        List<Certificate> all = new ArrayList<>(others);
        if (usual instanceof X509TrustManager x509) {
            X509Certificate[] issuers = x509.getAcceptedIssuers();
            all.addAll(Arrays.asList(issuers));
        }
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        for (int i = 0; i < all.size(); i++) {
            store.setCertificateEntry(Integer.toString(i), all.get(i));
        }
        return manager(store);
    }

    private static TrustManager manager(@Nullable KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers()[0];
    }

    TrustManager manager() {
        return manager;
    }

    SSLSocketFactory sockets() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {manager}, null);
            return context.getSocketFactory();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
