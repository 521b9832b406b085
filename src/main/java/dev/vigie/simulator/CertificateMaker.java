package dev.vigie.simulator;

import dev.vigie.hash.Sha256;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * Makes certificates that look like those of a public CA, with precertificate and final certificate
 * of one issuance. Keys and signatures are random bytes: nobody checks them in a log. The same seed
 * makes the same certificates.
 */
public final class CertificateMaker {

    private static final String COMMON_NAME = "550403";
    private static final byte[] SHA256_WITH_RSA =
            HexFormat.of().parseHex("300d06092a864886f70d01010b0500");
    private static final byte[] EC_P256 =
            HexFormat.of().parseHex("301306072a8648ce3d020106082a8648ce3d030107");
    private static final byte[] POISON =
            HexFormat.of().parseHex("3013060a2b06010401d6790204030101ff04020500");
    private static final String SCT_LIST = "2b06010401d679020402";
    private static final DateTimeFormatter UTC_TIME =
            DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

    private final RandomGenerator random;
    private final byte[] issuerName = Der.name(COMMON_NAME, "Vigie Simulated CA");
    private final byte[] issuerKey;
    private final byte[] issuer;

    public CertificateMaker(long seed) {
        random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        issuerKey = publicKey();
        issuer =
                certificate(
                        tbs(
                                issuerName,
                                issuerName,
                                issuerKey,
                                Instant.EPOCH,
                                extensions(List.of())));
    }

    /** The certificate of the CA that issues everything here. */
    public byte[] issuer() {
        return issuer.clone();
    }

    /** SHA-256 of the CA's public key. */
    public Sha256 issuerKeyHash() {
        return Sha256.hash(issuerKey);
    }

    /**
     * One issuance.
     *
     * @param certificate the certificate with its list of SCTs
     * @param precertificate what was sent to logs before
     * @param tbs of the precertificate, without the poison
     */
    public record Issuance(byte[] certificate, byte[] precertificate, byte[] tbs) {}

    /** Issues for the names; the first is the common name too. */
    public Issuance issue(List<String> dnsNames, Instant notBefore) {
        return issue(
                dnsNames.getFirst(), dnsNames.stream().map(GeneralName::dns).toList(), notBefore);
    }

    /** Issues for whatever names; without alternative names the extension is left out. */
    public Issuance issue(String commonName, List<GeneralName> names, Instant notBefore) {
        byte[] subject = Der.name(COMMON_NAME, commonName);
        byte[] key = publicKey();
        byte[] serial = Der.tlv(0x02, positive(16));
        byte[] extensions = extensions(names);
        byte[] scts = Der.extension(SCT_LIST, Der.tlv(0x04, random(242)));
        byte[] tbs = tbs(serial, issuerName, subject, key, notBefore, extensions);
        return new Issuance(
                certificate(
                        tbs(serial, issuerName, subject, key, notBefore, concat(extensions, scts))),
                certificate(
                        tbs(
                                serial,
                                issuerName,
                                subject,
                                key,
                                notBefore,
                                concat(extensions, POISON))),
                tbs);
    }

    private byte[] tbs(
            byte[] issuer, byte[] subject, byte[] key, Instant notBefore, byte[] extensions) {
        return tbs(Der.tlv(0x02, positive(16)), issuer, subject, key, notBefore, extensions);
    }

    private static byte[] tbs(
            byte[] serial,
            byte[] issuer,
            byte[] subject,
            byte[] key,
            Instant notBefore,
            byte[] extensions) {
        return Der.sequence(
                HexFormat.of().parseHex("a003020102"),
                serial,
                SHA256_WITH_RSA,
                issuer,
                Der.sequence(time(notBefore), time(notBefore.plusSeconds(90 * 86_400))),
                subject,
                key,
                Der.tlv(0xa3, Der.sequence(extensions)));
    }

    private byte[] certificate(byte[] tbs) {
        return Der.sequence(tbs, SHA256_WITH_RSA, Der.tlv(0x03, new byte[1], random(256)));
    }

    private byte[] publicKey() {
        return Der.sequence(EC_P256, Der.tlv(0x03, new byte[] {0, 4}, random(64)));
    }

    /** Key usage, extended key usage, key identifiers, AIA, policies, CRL and the names. */
    private byte[] extensions(List<GeneralName> alternativeNames) {
        byte[] extensions =
                concat(
                        Der.extension("551d0f", HexFormat.of().parseHex("03020780")),
                        Der.extension("551d25", Der.sequence(Der.oid("2b06010505070301"))),
                        Der.extension("551d0e", Der.tlv(0x04, random(20))),
                        Der.extension("551d23", Der.sequence(Der.tlv(0x80, random(20)))),
                        Der.extension(
                                "2b06010505070101",
                                Der.sequence(
                                        Der.sequence(
                                                Der.oid("2b06010505073001"),
                                                GeneralName.uri("http://ocsp.simulated.example")
                                                        .der()),
                                        Der.sequence(
                                                Der.oid("2b06010505073002"),
                                                GeneralName.uri(
                                                                "http://ca.simulated.example/ca.der")
                                                        .der()))),
                        Der.extension(
                                "551d20", Der.sequence(Der.sequence(Der.oid("67810c010201")))),
                        Der.extension("551d1f", crl("http://crl.simulated.example/63.crl")));
        return alternativeNames.isEmpty()
                ? extensions
                : concat(extensions, subjectAltName(alternativeNames));
    }

    private static byte[] crl(String url) {
        byte[] fullName = Der.tlv(0xa0, GeneralName.uri(url).der());
        return Der.sequence(Der.sequence(Der.tlv(0xa0, fullName)));
    }

    private static byte[] subjectAltName(List<GeneralName> alternativeNames) {
        var names = new ByteArrayOutputStream();
        alternativeNames.forEach(name -> names.writeBytes(name.der()));
        return Der.extension("551d11", Der.sequence(names.toByteArray()));
    }

    private static byte[] time(Instant instant) {
        return Der.tlv(0x17, UTC_TIME.format(instant).getBytes(StandardCharsets.US_ASCII));
    }

    private byte[] random(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private byte[] positive(int length) {
        byte[] bytes = random(length);
        bytes[0] = (byte) (bytes[0] & 0x3f | 0x40);
        return bytes;
    }

    private static byte[] concat(byte[]... parts) {
        var all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
