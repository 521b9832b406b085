package dev.vigie.net.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A server on loopback that decides for each connection what is said over it, and how often. */
final class TalkingServer implements AutoCloseable {

    /** What is said over one connection, which is closed after that. */
    @FunctionalInterface
    interface Talk {
        void hold(Line line) throws IOException, InterruptedException;
    }

    private final ServerSocket listener;
    private final Talk talk;
    private final AtomicInteger connections = new AtomicInteger();
    private final List<String> heads = new CopyOnWriteArrayList<>();
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

    TalkingServer(Talk talk) {
        this.talk = talk;
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.add(Thread.ofVirtual().start(this::accept));
    }

    /** One connection. */
    final class Line {
        private final Socket socket;

        private Line(Socket socket) {
            this.socket = socket;
        }

        /** Waits for a request; false if the client goes away. */
        boolean isAsked() throws IOException {
            InputStream in = socket.getInputStream();
            var head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                int c = in.read();
                if (c < 0) {
                    return false;
                }
                head.append((char) c);
            }
            heads.add(head.toString());
            return true;
        }

        /** What comes first, whatever it is. */
        String someBytes() throws IOException {
            byte[] some = new byte[1 << 12];
            return new String(some, 0, Math.max(0, socket.getInputStream().read(some)), ISO_8859_1);
        }

        void say(String text) throws IOException {
            socket.getOutputStream().write(text.getBytes(ISO_8859_1));
        }

        /** A whole answer. */
        void answer(String body) throws IOException {
            say("HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s".formatted(body.length(), body));
        }

        void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }
    }

    /** Answers every request with the same body. */
    static TalkingServer answering(String body) {
        return new TalkingServer(line -> {
            while (line.isAsked()) {
                line.answer(body);
            }
        });
    }

    /** Answers the first request of each connection with these bytes. */
    static TalkingServer saying(String text) {
        return new TalkingServer(line -> {
            if (line.isAsked()) {
                line.say(text);
            }
        });
    }

    int port() {
        return listener.getLocalPort();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + port() + "/");
    }

    /** How many connections there were. */
    int connections() {
        return connections.get();
    }

    /** How many connections there are. */
    int open() {
        return sockets.size();
    }

    /** The heads of all requests. */
    List<String> heads() {
        return heads;
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                connections.incrementAndGet();
                sockets.add(socket);
                threads.add(Thread.ofVirtual().start(() -> hold(socket)));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void hold(Socket socket) {
        try (socket) {
            talk.hold(new Line(socket));
        } catch (IOException | InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            sockets.remove(socket);
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        threads.forEach(Thread::interrupt);
    }
}
