package dev.vigie.recent;

import dev.vigie.x509.NameSink;

/**
 * Copies the names of one certificate one after the other: a byte for the kind, two for the length,
 * the name. Those of a certificate with very many are cut off.
 */
final class NameBytes implements NameSink {

    /** Room for two or three hundred names. */
    static final int MOST = 8192;

    private static final int HEADER = 3;
    private static final byte DNS = 0;
    private static final byte COMMON = 1;
    private static final byte IP = 2;

    private final byte[] bytes = new byte[MOST];
    private int length;

    void clear() {
        length = 0;
    }

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    @Override
    public void dnsName(byte[] buffer, int offset, int size) {
        add(DNS, buffer, offset, size);
    }

    @Override
    public void commonName(byte[] buffer, int offset, int size) {
        add(COMMON, buffer, offset, size);
    }

    @Override
    public void ipAddress(byte[] buffer, int offset, int size) {
        add(IP, buffer, offset, size);
    }

    private void add(byte kind, byte[] buffer, int offset, int size) {
        if (size > MOST - HEADER - length) {
            return;
        }
        bytes[length] = kind;
        bytes[length + 1] = (byte) (size >>> Byte.SIZE);
        bytes[length + 2] = (byte) size;
        System.arraycopy(buffer, offset, bytes, length + HEADER, size);
        length += HEADER + size;
    }

    /** Reports the names that lie between two places. */
    static void read(byte[] bytes, int start, int end, NameSink sink) {
        int size;
        for (int at = start; at < end; at += HEADER + size) {
            size = (bytes[at + 1] & 0xff) << Byte.SIZE | bytes[at + 2] & 0xff;
            switch (bytes[at]) {
                case DNS -> sink.dnsName(bytes, at + HEADER, size);
                case COMMON -> sink.commonName(bytes, at + HEADER, size);
                default -> sink.ipAddress(bytes, at + HEADER, size);
            }
        }
    }
}
