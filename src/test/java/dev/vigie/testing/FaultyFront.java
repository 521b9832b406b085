package dev.vigie.testing;

import dev.vigie.ct.loglist.KnownLog;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/**
 * Stands before simulated logs as a proxy does, on a port of its own, and misbehaves on the wire
 * where it is told to. Closes each connection after one answer.
 */
public final class FaultyFront implements AutoCloseable {

    private static final HttpClient UPSTREAM =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** Answers a request; that the client goes away meanwhile is no error. */
    @FunctionalInterface
    public interface Fault {
        void answer(Exchange exchange) throws IOException, InterruptedException;
    }

    private record Rule(Pattern path, Fault fault) {}

    private final URI upstream;
    private final int port;
    private final List<Rule> rules = new CopyOnWriteArrayList<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicInteger mostAtOnce = new AtomicInteger();
    private ServerSocket listener;

    /**
     * @param upstream any address at the server that is right
     */
    public FaultyFront(URI upstream) {
        this.upstream = upstream.resolve("/");
        this.port = listen(0);
    }

    /** One request, and the way to answer it. */
    public final class Exchange {
        private final Socket socket;
        private final String path;
        private boolean over;

        private Exchange(Socket socket, String path) {
            this.socket = socket;
            this.path = path;
        }

        /** Path and query, without leading slash. */
        public String path() {
            return path;
        }

        public OutputStream out() throws IOException {
            return socket.getOutputStream();
        }

        /** What the server behind says to this. */
        public HttpResponse<byte[]> right() throws IOException, InterruptedException {
            return right(path);
        }

        /** What the server behind says to something else. */
        public HttpResponse<byte[]> right(String otherPath)
                throws IOException, InterruptedException {
            return UPSTREAM.send(
                    HttpRequest.newBuilder(upstream.resolve(otherPath)).build(),
                    HttpResponse.BodyHandlers.ofByteArray());
        }

        /** Passes an answer on as it is. */
        public void pass(HttpResponse<byte[]> answer) throws IOException {
            String encoding =
                    answer.headers()
                            .firstValue("Content-Encoding")
                            .map("Content-Encoding: %s\r\n"::formatted)
                            .orElse("");
            say(answer.statusCode() + " Passed On", encoding, answer.body());
        }

        /** A whole answer. */
        public void say(String status, String headers, byte[] body) throws IOException {
            over();
            out().write(
                            "HTTP/1.1 %s\r\n%sContent-Length: %d\r\nConnection: close\r\n\r\n"
                                    .formatted(status, headers, body.length)
                                    .getBytes(StandardCharsets.ISO_8859_1));
            out().write(body);
        }

        /** Ends the connection the hard way. */
        public void reset() throws IOException {
            over();
            socket.setSoLinger(true, 0);
            socket.close();
        }

        /** Before the client can know and ask for more. */
        private void over() {
            if (!over) {
                over = true;
                underWay.decrementAndGet();
            }
        }
    }

    /** The body of an answer, inflated if it is compressed. */
    public static byte[] body(HttpResponse<byte[]> answer) throws IOException {
        if (answer.headers().firstValue("Content-Encoding").isEmpty()) {
            return answer.body();
        }
        try (var gzip = new GZIPInputStream(new ByteArrayInputStream(answer.body()))) {
            return gzip.readAllBytes();
        }
    }

    /** From now on, requests whose path and query contain the pattern go wrong. */
    public void strike(String pathPattern, Fault fault) {
        rules.addFirst(new Rule(Pattern.compile(pathPattern), fault));
    }

    /** Nothing goes wrong any more. */
    public void heal() {
        rules.clear();
    }

    /** Connections are refused until {@link #listen}. */
    public void refuse() {
        try {
            listener.close();
            while (isOpen()) {
                Thread.onSpinWait();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isOpen() {
        try (var probe = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return probe.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /** Connections are accepted again. */
    public void listen() {
        listen(port);
    }

    private int listen(int atPort) {
        try {
            listener = new ServerSocket();
            listener.setReuseAddress(true);
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), atPort), 200);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ServerSocket accepting = listener;
        Thread.ofVirtual().start(() -> accept(accepting));
        return listener.getLocalPort();
    }

    /** What has been asked for so far: paths with their queries. */
    public List<String> asked() {
        return asked;
    }

    /** How many requests were under way at once at most. */
    public int mostAtOnce() {
        return mostAtOnce.get();
    }

    /** An address of the server behind, as it is here. */
    public URI here(URI behind) {
        return URI.create("http://127.0.0.1:" + port).resolve(behind.getRawPath());
    }

    /** A log of the server behind that is read here. */
    public KnownLog here(KnownLog log) {
        return new KnownLog(
                log.key(),
                log.description(),
                log.operator(),
                log.protocol(),
                here(log.url()),
                log.submissionUrl(),
                log.state(),
                log.type(),
                log.maximumMergeDelay(),
                log.finalTreeHead(),
                log.temporalInterval(),
                log.stateSince());
    }

    private void accept(ServerSocket accepting) {
        while (!accepting.isClosed()) {
            try {
                Socket socket = accepting.accept();
                sockets.add(socket);
                threads.add(Thread.ofVirtual().start(() -> serve(socket)));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            String path = path(socket.getInputStream());
            asked.add(path);
            mostAtOnce.accumulateAndGet(underWay.incrementAndGet(), Math::max);
            answer(new Exchange(socket, path));
        } catch (IOException e) {
            // the client has gone away
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            sockets.remove(socket);
            threads.remove(Thread.currentThread());
        }
    }

    private void answer(Exchange exchange) throws IOException, InterruptedException {
        try {
            for (Rule rule : rules) {
                if (rule.path().matcher(exchange.path()).find()) {
                    rule.fault().answer(exchange);
                    return;
                }
            }
            exchange.pass(exchange.right());
        } finally {
            exchange.over();
        }
    }

    /** Reads a request to its end. */
    private static String path(InputStream in) throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int c = in.read();
            if (c < 0) {
                throw new IOException("half a request");
            }
            head.append((char) c);
        }
        return head.substring(head.indexOf("/") + 1, head.indexOf(" HTTP/"));
    }

    @Override
    public void close() {
        refuse();
        threads.forEach(Thread::interrupt);
        for (Socket socket : sockets) {
            try {
                socket.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
