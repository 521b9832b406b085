package dev.vigie.testing;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.restassured.RestAssured;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import org.jspecify.annotations.Nullable;

/** A client that reads and writes only what it is told to, byte by byte. */
public final class RawWebSocket implements AutoCloseable {

    private static final int TEXT = 0x01;
    private static final int FINAL = 0x80;
    private static final int SMALL = 4_096;

    private final Socket socket = new Socket();

    /** Opens it, and reads nothing after the head of the answer. */
    public RawWebSocket(String path) throws IOException {
        this(path, null);
    }

    /** The same with a token. */
    public RawWebSocket(String path, @Nullable String token) throws IOException {
        socket.setReceiveBufferSize(SMALL);
        socket.setSoTimeout(60_000);
        socket.connect(new InetSocketAddress("127.0.0.1", RestAssured.port));
        socket.getOutputStream()
                .write(
                        ("GET %s HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
                                        + "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                                        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n%s\r\n")
                                .formatted(
                                        path,
                                        token == null
                                                ? ""
                                                : "Authorization: Bearer " + token + "\r\n")
                                .getBytes(US_ASCII));
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = socket.getInputStream().read();
            if (next < 0) {
                throw new IOException("refused: " + head);
            }
            head.append((char) next);
        }
        if (!head.toString().startsWith("HTTP/1.1 101 ")) {
            throw new IOException("refused: " + head);
        }
    }

    /** Sends a frame of text. */
    public void text(int length, boolean isFinal) throws IOException {
        var frame = new ByteArrayOutputStream();
        frame.write(isFinal ? TEXT | FINAL : TEXT);
        if (length < 126) {
            frame.write(0x80 | length);
        } else {
            frame.write(0x80 | 127);
            for (int shift = 56; shift >= 0; shift -= 8) {
                frame.write((int) ((long) length >>> shift));
            }
        }
        frame.write(new byte[4]); // the mask
        frame.write("x".repeat(length).getBytes(US_ASCII));
        socket.getOutputStream().write(frame.toByteArray());
    }

    /** Reads until the server ends the line. */
    public void awaitEnd() throws IOException {
        InputStream in = socket.getInputStream();
        try {
            while (in.read() >= 0) {
                // whatever it is
            }
        } catch (SocketException e) {
            // cut off, which is an end too
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
