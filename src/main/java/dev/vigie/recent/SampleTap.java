package dev.vigie.recent;

import dev.vigie.hash.Sha256;
import dev.vigie.x509.CertificateScanner;
import dev.vigie.x509.SerialKey;
import dev.vigie.x509.TbsHash;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;

/**
 * Shows the sample every entry that is read. One that does not belong to it costs some tens of
 * nanoseconds and no object; whatever stands in one, nothing is thrown. Belongs to one thread.
 */
public final class SampleTap {

    /** Clocks of logs differ from ours; what lies further in the future is not believed. */
    private static final Duration TOLERANCE = Duration.ofMinutes(10);

    private final CertificateSample sample;
    private final InstantSource clock;
    private final SerialKey keys = new SerialKey();
    private final CertificateScanner certificates = new CertificateScanner();
    private final NameBytes names = new NameBytes();

    SampleTap(CertificateSample sample, InstantSource clock) {
        this.sample = sample;
        this.clock = clock;
    }

    /** One to which nothing matters. */
    public static SampleTap none() {
        return new SampleTap(new CertificateSample(0, 0), InstantSource.system());
    }

    /**
     * An entry was read.
     *
     * @param tbsOnly whether there is only the TBS, as in a log's precertificate entry
     * @param timestamp when the log took it, in milliseconds since 1970
     */
    public void see(byte[] buffer, int offset, int length, boolean tbsOnly, long timestamp) {
        if (sample.isOff()) {
            return;
        }
        try {
            long key =
                    tbsOnly
                            ? keys.ofTbs(buffer, offset, length)
                            : keys.ofCertificate(buffer, offset, length);
            if (key != SerialKey.NONE && sample.wants(key)) {
                sample.reading(clock.millis());
                keep(key, Arrays.copyOfRange(buffer, offset, offset + length), tbsOnly, timestamp);
            }
        } catch (RuntimeException | StackOverflowError e) {
            // our own mistake; it costs the sample this certificate, and the entry nothing
            names.clear();
        }
    }

    private void keep(long key, byte[] der, boolean tbsOnly, long timestamp) {
        if (timestamp > clock.millis() + TOLERANCE.toMillis()) {
            return;
        }
        names.clear();
        if (tbsOnly) {
            certificates.scanTbs(der, 0, der.length, names);
        } else {
            certificates.scanCertificate(der, 0, der.length, names);
        }
        Sha256 hash =
                tbsOnly
                        ? TbsHash.ofTbs(der)
                        : TbsHash.ofCertificate(der).orElseGet(() -> Sha256.hash(der));
        sample.add(timestamp, key, ByteBuffer.wrap(hash.bytes()).getLong(), names);
    }
}
