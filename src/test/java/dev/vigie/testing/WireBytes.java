package dev.vigie.testing;

import java.io.ByteArrayOutputStream;

/** Writes the vectors and numbers of TLS' presentation language (RFC 8446 section 3). */
public final class WireBytes {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /** A number of so many bytes. */
    public WireBytes number(int width, long value) {
        for (int i = width - 1; i >= 0; i--) {
            out.write((int) (value >> 8 * i));
        }
        return this;
    }

    /** Bytes as they are. */
    public WireBytes raw(byte... bytes) {
        out.writeBytes(bytes);
        return this;
    }

    /** Bytes after their length. */
    public WireBytes opaque(int lengthWidth, byte... bytes) {
        return number(lengthWidth, bytes.length).raw(bytes);
    }

    /** All that was written. */
    public byte[] toByteArray() {
        return out.toByteArray();
    }
}
