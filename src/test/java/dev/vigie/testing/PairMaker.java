package dev.vigie.testing;

import static dev.vigie.testing.TestDer.INTEGER;
import static dev.vigie.testing.TestDer.OCTETS;
import static dev.vigie.testing.TestDer.extension;
import static dev.vigie.testing.TestDer.hex;
import static dev.vigie.testing.TestDer.oid;
import static dev.vigie.testing.TestDer.sequence;
import static dev.vigie.testing.TestDer.tlv;

import dev.vigie.simulator.CertificateMaker;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes small issuances: a precertificate with poison and a certificate with SCTs. */
public final class PairMaker {

    private static final byte[] POISON =
            sequence(oid("2b06010401d679020403"), hex("0101ff"), tlv(OCTETS, hex("0500")));
    private static final byte[] SCTS = extension("2b06010401d679020402", tlv(OCTETS, new byte[60]));

    private static final AtomicInteger SERIAL = new AtomicInteger();

    /** An issuance for this name, and no other has its TBS. */
    public CertificateMaker.Issuance issue(String name) {
        int serial = SERIAL.incrementAndGet();
        return new CertificateMaker.Issuance(
                certificate(name, serial).with(SCTS).build(),
                certificate(name, serial).with(POISON).build(),
                certificate(name, serial).tbs());
    }

    /** A certificate request (PKCS #10) for the key of a TBS. */
    public static byte[] request(byte[] tbs) {
        byte[] key = sequence(DerTree.read(tbs).children().get(6).content());
        return sequence(
                sequence(hex("020100"), sequence(), key, tlv(0xa0)),
                CertificateBuilder.ECDSA_WITH_SHA256,
                tlv(0x03, hex("00"), new byte[64]));
    }

    private static CertificateBuilder certificate(String name, int serial) {
        byte[] number = ByteBuffer.allocate(5).put((byte) 1).putInt(serial).array();
        byte[] point = ByteBuffer.allocate(64).putInt(serial).array();
        return CertificateBuilder.forDns(name)
                .serial(tlv(INTEGER, number))
                .key(
                        sequence(
                                hex("301306072a8648ce3d020106082a8648ce3d030107"),
                                tlv(0x03, hex("0004"), point)));
    }
}
