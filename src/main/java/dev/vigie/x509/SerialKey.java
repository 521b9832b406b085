package dev.vigie.x509;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Reads a number that a certificate has in common with its precertificate, and hardly with any
 * other. It is made of the serial number, which stands at the beginning, so that it costs some tens
 * of nanoseconds and no object. Belongs to one thread.
 */
public final class SerialKey {

    /** There is no serial number where it should be. */
    public static final long NONE = 0;

    private static final VarHandle EIGHT =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final long SPREAD = 0x9e3779b97f4a7c15L;
    private static final int VERSION = 0xa0;
    private static final int INTEGER = 0x02;

    private final Tlv outer = new Tlv();
    private final Tlv field = new Tlv();

    /** The number of a certificate, or {@link #NONE}. */
    public long ofCertificate(byte[] buffer, int offset, int length) {
        if (!outer.read(buffer, offset, offset + length) || !outer.isConstructed()) {
            return NONE;
        }
        return ofTbs(buffer, outer.start(), outer.length());
    }

    /** The same of a bare TBSCertificate. */
    public long ofTbs(byte[] buffer, int offset, int length) {
        if (!outer.read(buffer, offset, offset + length)
                || !outer.isConstructed()
                || !field.read(buffer, outer.start(), outer.end())) {
            return NONE;
        }
        if (field.tag() == VERSION && !field.read(buffer, field.next(), outer.end())) {
            return NONE;
        }
        return field.tag() == INTEGER ? key(buffer, field.start(), field.end()) : NONE;
    }

    /** CAs put chance into some part of it: often the end, sometimes the beginning. */
    private static long key(byte[] buffer, int start, int end) {
        int length = end - start;
        long key = length;
        if (length >= Long.BYTES) {
            key = (key ^ (long) EIGHT.get(buffer, start)) * SPREAD;
            key ^= (long) EIGHT.get(buffer, end - Long.BYTES);
        } else {
            for (int at = start; at < end; at++) {
                key = key << Byte.SIZE | buffer[at] & 0xff;
            }
        }
        return key == NONE ? 1 : key;
    }
}
