package dev.vigie.net.http;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** Opens connections, to exactly the addresses that were checked. */
final class Dialer {

    /** Where a host is. */
    @FunctionalInterface
    interface Resolver {
        /**
         * @return addresses that may be connected to, at least one
         */
        List<InetAddress> resolve(String host) throws IOException;
    }

    private static final Duration ALL_ATTEMPTS = Duration.ofSeconds(15);

    /** Long enough for one lost packet; IPv6 is dead in more places than it is slow. */
    private static final Duration ONE_OF_SEVERAL = Duration.ofSeconds(2);

    private final Resolver resolver;
    private final SSLSocketFactory tls;
    private final OpenSockets sockets;
    private final Duration readTimeout;
    private final Map<HttpOrigin, InetAddress> good = new ConcurrentHashMap<>();

    /**
     * @param readTimeout for a single read, should nobody close the socket before
     */
    Dialer(Resolver resolver, SSLSocketFactory tls, OpenSockets sockets, Duration readTimeout) {
        this.resolver = resolver;
        this.tls = tls;
        this.sockets = sockets;
        this.readTimeout = readTimeout;
    }

    /**
     * Opens a connection.
     *
     * @throws ConnectException if there is none to be had at any of the addresses
     * @throws javax.net.ssl.SSLException if the server is not who it should be
     */
    HttpConnection dial(HttpOrigin origin, Deadline deadline) throws IOException {
        Socket tcp = connect(origin, deadline);
        try {
            Socket stream = origin.secure() ? secure(origin, tcp) : tcp;
            return new HttpConnection(origin, tcp, stream, sockets);
        } catch (IOException | RuntimeException e) {
            sockets.close(tcp);
            throw e;
        }
    }

    private Socket connect(HttpOrigin origin, Deadline deadline) throws IOException {
        List<InetAddress> addresses = inOrder(origin);
        long end = System.nanoTime() + ALL_ATTEMPTS.toNanos();
        var failure = new ConnectException("no connection to " + origin.authority());
        for (int i = 0; i < addresses.size(); i++) {
            InetAddress address = addresses.get(i);
            long left = Math.max(0, end - System.nanoTime()) / (addresses.size() - i);
            long most = i < addresses.size() - 1 ? ONE_OF_SEVERAL.toNanos() : left;
            try {
                Socket socket =
                        connect(
                                new InetSocketAddress(address, origin.port()),
                                Duration.ofNanos(Math.min(left, most)),
                                deadline);
                good.put(origin, address);
                return socket;
            } catch (IOException e) {
                sockets.checkOpen();
                if (deadline.isMissed() || Thread.currentThread().isInterrupted()) {
                    throw e;
                }
                failure.addSuppressed(e);
            }
        }
        throw failure;
    }

    /** First the one that was good the last time: others may take seconds to fail. */
    private List<InetAddress> inOrder(HttpOrigin origin) throws IOException {
        List<InetAddress> addresses = new ArrayList<>(resolver.resolve(origin.host()));
        InetAddress last = good.get(origin);
        if (last != null && addresses.remove(last)) {
            addresses.addFirst(last);
        }
        return addresses;
    }

    private Socket connect(InetSocketAddress address, Duration timeout, Deadline deadline)
            throws IOException {
        var socket = new Socket(Proxy.NO_PROXY);
        try {
            sockets.add(socket);
            deadline.watch(socket);
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(Math.clamp(readTimeout.toMillis(), 1, Integer.MAX_VALUE));
            // 0 would be for ever
            socket.connect(address, Math.max(1, Math.toIntExact(timeout.toMillis())));
            return socket;
        } catch (IOException | RuntimeException e) {
            sockets.close(socket);
            throw e;
        }
    }

    private SSLSocket secure(HttpOrigin origin, Socket tcp) throws IOException {
        // tells the server its name (SNI) if it has a dot and is no address
        var socket = (SSLSocket) tls.createSocket(tcp, origin.host(), origin.port(), true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }
}
