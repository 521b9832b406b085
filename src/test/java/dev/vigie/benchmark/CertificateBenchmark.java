package dev.vigie.benchmark;

import dev.vigie.x509.CertificateScanner;
import dev.vigie.x509.NameSink;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The names of certificates: our walker, BouncyCastle's ASN.1 classes, the JDK. */
@State(Scope.Thread)
@OperationsPerInvocation(SampleEntries.COUNT)
public class CertificateBenchmark {

    @Param(SampleEntries.SIMULATED)
    public String entries = SampleEntries.SIMULATED;

    private final CertificateScanner scanner = new CertificateScanner();
    private final CountingSink sink = new CountingSink();
    private List<byte[]> certificates = List.of();

    private static final class CountingSink implements NameSink {
        private int names;

        @Override
        public void dnsName(byte[] buffer, int offset, int length) {
            names++;
        }

        @Override
        public void commonName(byte[] buffer, int offset, int length) {}

        @Override
        public void ipAddress(byte[] buffer, int offset, int length) {}
    }

    @Setup
    public void makeCertificates() throws CertificateException {
        certificates = SampleEntries.certificates(entries);
        int names = vigie();
        if (names != bouncyCastle() || names != jdk()) {
            throw new IllegalStateException("not all of them find the same names");
        }
    }

    /** How many dNSNames there are in all. */
    @Benchmark
    public int vigie() {
        sink.names = 0;
        for (int i = 0; i < certificates.size(); i++) {
            byte[] der = certificates.get(i);
            scanner.scanCertificate(der, 0, der.length, sink);
        }
        return sink.names;
    }

    @Benchmark
    public int bouncyCastle() {
        int names = 0;
        for (byte[] der : certificates) {
            var extensions = Certificate.getInstance(der).getTBSCertificate().getExtensions();
            var alternatives =
                    GeneralNames.fromExtensions(extensions, Extension.subjectAlternativeName);
            names += alternatives == null ? 0 : alternatives.getNames().length;
        }
        return names;
    }

    @Benchmark
    public int jdk() throws CertificateException {
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        int names = 0;
        for (byte[] der : certificates) {
            var certificate =
                    (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der));
            var alternatives = certificate.getSubjectAlternativeNames();
            names += alternatives == null ? 0 : alternatives.size();
        }
        return names;
    }
}
