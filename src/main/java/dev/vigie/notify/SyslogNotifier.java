package dev.vigie.notify;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.vigie.delivery.AlertLinks;
import dev.vigie.delivery.AlertMessage;
import dev.vigie.delivery.ChannelType;
import dev.vigie.delivery.Destination;
import dev.vigie.delivery.Notifier;
import dev.vigie.delivery.UnusableChannelException;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Syslog messages (RFC 5424) over TLS (RFC 5425): one connection for each, closed in order, since
 * that is the only word that a receiver gives.
 */
@ApplicationScoped
class SyslogNotifier implements Notifier {

    private static final int DEFAULT_PORT = 6514;
    private static final int CONNECT_MILLIS = 10_000;
    private static final int CLOSE_MILLIS = 2_000;
    private static final int DEADLINE_SECONDS = 15;

    private final HookAddress addresses;
    private final SSLSocketFactory sockets;
    private final SyslogMessage messages;
    private final ScheduledExecutorService deadlines =
            Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().factory());

    SyslogNotifier(
            HookAddress addresses,
            Trust trust,
            AlertJson json,
            AlertLinks links,
            SyslogConfig config) {
        this.addresses = addresses;
        this.sockets = trust.sockets();
        this.messages = new SyslogMessage(config, json, URI.create(links.base()).getHost());
    }

    @Override
    public ChannelType type() {
        return ChannelType.SYSLOG;
    }

    @Override
    public void check(Destination destination) {
        try {
            addresses.check(host(destination));
        } catch (IOException e) {
            throw new UnusableChannelException("config.url", e);
        }
    }

    private static String host(Destination destination) throws IOException {
        Optional<URI> url =
                destination
                        .uri()
                        .filter(u -> "syslog+tls".equals(lower(u.getScheme())))
                        .filter(u -> u.getHost() != null && u.getRawUserInfo() == null)
                        .filter(u -> u.getPort() <= HookAddress.LAST_PORT)
                        .filter(u -> u.getRawQuery() == null && u.getRawFragment() == null);
        return url.orElseThrow(() ->
                        new IOException(
                                "Syslog needs a URL such as syslog+tls://siem.example.org:6514."))
                .getHost();
    }

    private static String lower(String text) {
        return String.valueOf(text).toLowerCase(Locale.ROOT);
    }

    @Override
    public Outcome send(Destination destination, AlertMessage message) {
        try {
            String host = host(destination);
            int port = destination.uri().map(URI::getPort).filter(p -> p > 0).orElse(DEFAULT_PORT);
            send(addresses.check(host), host, port, messages.of(message));
            return new Outcome.Delivered();
        } catch (IOException e) {
            return new Outcome.TryAgain("syslog: " + e.getMessage());
        }
    }

    private void send(InetAddress address, String host, int port, String message)
            throws IOException {
        try (var plain = new HonestSocket()) {
            ScheduledFuture<?> deadline =
                    deadlines.schedule(() -> close(plain), DEADLINE_SECONDS, TimeUnit.SECONDS);
            plain.connect(new InetSocketAddress(address, port), CONNECT_MILLIS);
            try (SSLSocket secured = (SSLSocket) sockets.createSocket(plain, host, port, true)) {
                SSLParameters parameters = secured.getSSLParameters();
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
                secured.setSSLParameters(parameters);
                secured.setSoTimeout(CONNECT_MILLIS);
                secured.startHandshake();
                write(secured, message.getBytes(UTF_8));
                plain.throwFailure();
                awaitEnd(secured);
            } finally {
                deadline.cancel(false);
            }
        }
    }

    /** With its length before it, RFC 5425 section 4.3. */
    private static void write(SSLSocket socket, byte[] message) throws IOException {
        var frame = new ByteArrayOutputStream();
        frame.writeBytes((message.length + " ").getBytes(US_ASCII));
        frame.writeBytes(message);
        frame.writeTo(socket.getOutputStream());
        socket.shutdownOutput();
    }

    /** A receiver that refuses says so now, if ever; one that keeps silent has it. */
    private static void awaitEnd(SSLSocket socket) throws IOException {
        socket.setSoTimeout(CLOSE_MILLIS);
        try {
            while (socket.getInputStream().read() >= 0) {
                // nothing that it says matters
            }
        } catch (SocketTimeoutException e) {
            // receivers need not close
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // it is not to be used any more either way
        }
    }
}
