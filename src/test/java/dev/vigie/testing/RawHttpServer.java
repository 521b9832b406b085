package dev.vigie.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server on loopback that answers each request with whatever bytes it is told to, and then closes
 * the connection. Knows nothing of HTTP but where a request ends.
 */
public final class RawHttpServer implements AutoCloseable {

    /** Writes an answer; that the client goes away meanwhile is no error. */
    @FunctionalInterface
    public interface Answer {
        void write(OutputStream out) throws IOException, InterruptedException;
    }

    private final ServerSocket listener;
    private final Answer answer;
    private final AtomicInteger connections = new AtomicInteger();
    private final List<String> requestHeads = new CopyOnWriteArrayList<>();
    private final ThreadLocal<String> head = ThreadLocal.withInitial(() -> "");
    private final List<Thread> threads = new CopyOnWriteArrayList<>();

    public RawHttpServer(Answer answer) {
        this.answer = answer;
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.add(Thread.ofVirtual().start(this::accept));
    }

    /** Answers always with the same text, one byte for each character. */
    public static RawHttpServer saying(String answer) {
        return new RawHttpServer(out -> out.write(answer.getBytes(StandardCharsets.ISO_8859_1)));
    }

    /** Answers with status 200, the header lines and the body, whose length it tells. */
    public static RawHttpServer serving(String headers, byte[] body) {
        return new RawHttpServer(out -> {
            String head =
                    "HTTP/1.1 200 OK\r\n%sContent-Length: %d\r\n\r\n"
                            .formatted(headers, body.length);
            out.write(head.getBytes(StandardCharsets.ISO_8859_1));
            out.write(body);
        });
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort() + "/");
    }

    /** How many connections there were. */
    public int connections() {
        return connections.get();
    }

    /** The heads of all requests so far. */
    public List<String> requestHeads() {
        return requestHeads;
    }

    /** The head of the request that is being answered, for an answer. */
    public String requestHead() {
        return head.get();
    }

    @Override
    public void close() {
        threads.forEach(Thread::interrupt);
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                connections.incrementAndGet();
                threads.add(Thread.ofVirtual().start(() -> answer(socket)));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void answer(Socket socket) {
        try (socket) {
            var in =
                    new BufferedReader(
                            new InputStreamReader(
                                    socket.getInputStream(), StandardCharsets.ISO_8859_1));
            var lines = new StringBuilder();
            for (String line = in.readLine(); line != null && !line.isEmpty(); ) {
                lines.append(line).append('\n');
                line = in.readLine();
            }
            head.set(lines.toString());
            requestHeads.add(lines.toString());
            answer.write(socket.getOutputStream());
        } catch (IOException | InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
