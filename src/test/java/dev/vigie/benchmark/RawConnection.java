package dev.vigie.benchmark;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One connection to a simulated log that does as little as possible: it sends GET and reads what
 * comes into one buffer. Belongs to one thread.
 */
final class RawConnection implements AutoCloseable {

    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *(\\d+)\r\n");

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final URI log;
    private byte[] buffer = new byte[1 << 16];
    private int start;
    private int end;

    RawConnection(URI log) throws IOException {
        this.log = log;
        socket = new Socket(log.getHost(), log.getPort());
        socket.setTcpNoDelay(true);
        in = socket.getInputStream();
        out = socket.getOutputStream();
    }

    /** Asks for what is at this path below the log's URL; returns when all of it is there. */
    void get(String path) throws IOException {
        String question =
                "GET %s%s HTTP/1.1\r\nHost: %s\r\n\r\n"
                        .formatted(log.getPath(), path, log.getAuthority());
        out.write(question.getBytes(StandardCharsets.US_ASCII));
        int read = 0;
        int body = -1;
        while (body < 0) {
            read += more(read);
            body = bodyStart(read);
        }
        String header = new String(buffer, 0, body, StandardCharsets.US_ASCII);
        Matcher length = LENGTH.matcher(header);
        if (!header.startsWith("HTTP/1.1 200 ") || !length.find()) {
            throw new IOException(path + ": " + header);
        }
        start = body;
        end = body + Integer.parseInt(length.group(1));
        if (end > buffer.length) {
            buffer = Arrays.copyOf(buffer, end + end / 4);
        }
        while (read < end) {
            read += more(read);
        }
    }

    private int more(int at) throws IOException {
        int read = in.read(buffer, at, buffer.length - at);
        if (read < 0) {
            throw new EOFException();
        }
        return read;
    }

    private int bodyStart(int read) {
        for (int at = 3; at < read; at++) {
            if (buffer[at] == '\n' && buffer[at - 1] == '\r' && buffer[at - 2] == '\n') {
                return at + 1;
            }
        }
        return -1;
    }

    /** Where the answer lies; used again for the next one. */
    byte[] buffer() {
        return buffer;
    }

    int start() {
        return start;
    }

    int length() {
        return end - start;
    }

    String text() {
        return new String(buffer, start, length(), StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
