package dev.vigie.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLContext;

/** Listens on loopback and talks as it is told; what is not told is not known here. */
public final class SocketServer implements AutoCloseable {

    /** What is done with a connection, which is closed after that. */
    @FunctionalInterface
    public interface Talk {
        void over(Socket socket) throws IOException, InterruptedException;
    }

    private final ServerSocket listener;
    private final Talk talk;
    private final AtomicInteger connections = new AtomicInteger();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    public SocketServer(Talk talk) {
        this(ServerSocketFactory.getDefault(), talk);
    }

    /** One that speaks TLS. */
    public SocketServer(SSLContext tls, Talk talk) {
        this(tls.getServerSocketFactory(), talk);
    }

    private SocketServer(ServerSocketFactory sockets, Talk talk) {
        this.talk = talk;
        try {
            listener = sockets.createServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    /** One to which nobody should ever come. */
    public static SocketServer canary() {
        return new SocketServer(socket -> {});
    }

    /** Says nothing until the other side has gone. */
    public static void wait(Socket socket) throws IOException {
        while (socket.getInputStream().read() >= 0) {
            // whatever it says
        }
    }

    /** What comes up to an empty line. */
    public static String head(InputStream in) throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int c = in.read();
            if (c < 0) {
                throw new IOException("there is no end to " + head);
            }
            head.append((char) c);
        }
        return head.toString();
    }

    /** Closes a connection without an end. */
    public static void reset(Socket socket) throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                connections.incrementAndGet();
                open.add(socket);
                Thread.ofVirtual().start(() -> talk(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void talk(Socket socket) {
        try (socket) {
            talk.over(socket);
        } catch (IOException | InterruptedException e) {
            // the other side is gone, or the test is over
        } finally {
            open.remove(socket);
        }
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** How many connections there were. */
    public int connections() {
        return connections.get();
    }

    /** How many connections there are. */
    public int open() {
        return open.size();
    }

    @Override
    public void close() {
        try {
            listener.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
