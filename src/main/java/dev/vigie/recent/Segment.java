package dev.vigie.recent;

import dev.vigie.x509.NameSink;
import java.nio.ByteBuffer;

/**
 * A part of the sample: certificates one after the other in one array, which only grows. What was
 * written once stays as it is, so it can be read without a lock up to where it was when somebody
 * held it. Who writes holds the lock of the {@link CertificateSample}.
 *
 * <p>A certificate: time, key and the beginning of the TBS hash, eight bytes each; two bytes for
 * the length of its names; the names, see {@link NameBytes}.
 */
final class Segment {

    private static final int HEADER = 3 * Long.BYTES + Short.BYTES;

    /** Of which one is used by the table of hashes. */
    private static final int PARTS = 5;

    private final int rate;
    private final byte[] bytes;
    private final ByteBuffer numbers;
    private final long[] hashes;
    private int used;
    private int count;
    private long lastTime = Long.MIN_VALUE;

    /**
     * @param rate one of {@code 2^rate} certificates is in it
     * @param size in bytes, everything counted
     */
    Segment(int rate, int size) {
        this.rate = rate;
        this.hashes = new long[Integer.highestOneBit(size / PARTS / Long.BYTES)];
        this.bytes = new byte[size - hashes.length * Long.BYTES];
        this.numbers = ByteBuffer.wrap(bytes);
    }

    int rate() {
        return rate;
    }

    /** Bytes that are written. */
    int used() {
        return used;
    }

    int count() {
        return count;
    }

    /** The newest time in it, in milliseconds. */
    long lastTime() {
        return lastTime;
    }

    /** Whether a certificate with this hash is in it. */
    boolean contains(long hash) {
        return hashes[slot(hash)] != 0;
    }

    private int slot(long hash) {
        int mask = hashes.length - 1;
        int slot = (int) hash & mask;
        while (hashes[slot] != 0 && hashes[slot] != hash) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    /** Adds a certificate; false if it is full. A hash is never 0. */
    boolean add(long time, long key, long hash, byte[] names, int offset, int length) {
        int next = used + HEADER + length;
        if (next > bytes.length || 4 * (count + 1) > 3 * hashes.length) {
            return false;
        }
        numbers.putLong(used, time)
                .putLong(used + Long.BYTES, key)
                .putLong(used + 2 * Long.BYTES, hash)
                .putShort(used + 3 * Long.BYTES, (short) length);
        System.arraycopy(names, offset, bytes, used + HEADER, length);
        hashes[slot(hash)] = hash;
        used = next;
        count++;
        lastTime = Math.max(lastTime, time);
        return true;
    }

    /** Adds a certificate of another segment; false if it is full. */
    boolean add(Segment other, int at) {
        return add(
                other.time(at),
                other.key(at),
                other.numbers.getLong(at + 2 * Long.BYTES),
                other.bytes,
                at + HEADER,
                other.nameBytes(at));
    }

    private int nameBytes(int at) {
        return numbers.getShort(at + 3 * Long.BYTES) & 0xffff;
    }

    /** Where the certificate after this one begins. */
    int next(int at) {
        return at + HEADER + nameBytes(at);
    }

    /** When the log took the certificate, in milliseconds since 1970. */
    long time(int at) {
        return numbers.getLong(at);
    }

    long key(int at) {
        return numbers.getLong(at + Long.BYTES);
    }

    /** Reports the names of a certificate. */
    void names(int at, NameSink sink) {
        NameBytes.read(bytes, at + HEADER, next(at), sink);
    }
}
