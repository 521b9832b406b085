package dev.vigie.testing;

import static dev.vigie.testing.TestDer.commonName;
import static dev.vigie.testing.TestDer.concat;
import static dev.vigie.testing.TestDer.extension;
import static dev.vigie.testing.TestDer.hex;
import static dev.vigie.testing.TestDer.latin1;
import static dev.vigie.testing.TestDer.rdn;
import static dev.vigie.testing.TestDer.sequence;
import static dev.vigie.testing.TestDer.tlv;

import java.util.ArrayList;
import java.util.List;

/**
 * Builds certificates, well made unless told otherwise: each part can be replaced by any bytes. It
 * shares no code with what it is there to test.
 */
public final class CertificateBuilder {

    public static final String SUBJECT_ALT_NAME = "551d11";
    public static final byte[] ECDSA_WITH_SHA256 = hex("300a06082a8648ce3d040302");

    private byte[] version = hex("a003020102");
    private byte[] serial = hex("02020539");
    private byte[] signature = ECDSA_WITH_SHA256;
    private byte[] validity = validity("260101000000Z", "270101000000Z");
    private byte[] subject = sequence();
    private byte[] key =
            sequence(
                    hex("301306072a8648ce3d020106082a8648ce3d030107"),
                    tlv(0x03, hex("0004"), new byte[64]));
    private byte[] outerSignature = ECDSA_WITH_SHA256;
    private final List<byte[]> extensions = new ArrayList<>();

    /** A certificate whose only name is this dNSName. */
    public static CertificateBuilder forDns(String name) {
        return new CertificateBuilder().names(TestDer.dns(name));
    }

    public static byte[] validity(String notBefore, String notAfter) {
        return sequence(tlv(0x17, latin1(notBefore)), tlv(0x17, latin1(notAfter)));
    }

    /** The whole element, with its tag. */
    public CertificateBuilder version(byte[] element) {
        version = element;
        return this;
    }

    public CertificateBuilder serial(byte[] element) {
        serial = element;
        return this;
    }

    public CertificateBuilder signature(byte[] element) {
        signature = element;
        return this;
    }

    public CertificateBuilder outerSignature(byte[] element) {
        outerSignature = element;
        return this;
    }

    public CertificateBuilder validity(byte[] element) {
        validity = element;
        return this;
    }

    public CertificateBuilder key(byte[] element) {
        key = element;
        return this;
    }

    /** A subject of these relative names. */
    public CertificateBuilder subject(byte[]... rdns) {
        subject = sequence(rdns);
        return this;
    }

    /** A subject of one common name. */
    public CertificateBuilder commonNamed(String name) {
        return subject(rdn(commonName(name)));
    }

    /** Adds a subject alternative name extension with these GeneralNames. */
    public CertificateBuilder names(byte[]... generalNames) {
        return with(extension(SUBJECT_ALT_NAME, sequence(generalNames)));
    }

    /** Adds an extension as it stands. */
    public CertificateBuilder with(byte[] extension) {
        extensions.add(extension);
        return this;
    }

    /** The signed part alone. */
    public byte[] tbs() {
        byte[] all = concat(extensions.toArray(byte[][]::new));
        return sequence(
                version,
                serial,
                signature,
                sequence(rdn(commonName("Odd Test CA"))),
                validity,
                subject,
                key,
                all.length == 0 ? all : tlv(0xa3, sequence(all)));
    }

    public byte[] build() {
        return sequence(tbs(), outerSignature, tlv(0x03, hex("00"), new byte[64]));
    }
}
