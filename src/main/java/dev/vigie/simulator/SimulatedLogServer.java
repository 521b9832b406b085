package dev.vigie.simulator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.vigie.ct.DataTile;
import dev.vigie.ct.LogId;
import dev.vigie.ct.client.StaticCtClient;
import dev.vigie.ct.loglist.LogProtocol;
import dev.vigie.hash.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;

/**
 * Serves simulated logs and a log list that names them, on loopback, as {@code /<log>/ct/v1/...}
 * and {@code /<log>/tile/...}. The list is at {@code /log_list.json}, its signature beside it.
 */
public final class SimulatedLogServer implements AutoCloseable {

    static {
        // without it, each answer waits for an acknowledgement that comes 40 ms later
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    /** The operator of all simulated logs. */
    public static final String OPERATOR = "Simulator";

    private static final Pattern GET_ENTRIES = Pattern.compile("start=(\\d{1,18})&end=(\\d{1,18})");
    private static final Pattern TILE =
            Pattern.compile("tile/(data|\\d)/((?:x\\d{3}/)*\\d{3})(?:\\.p/(\\d{1,3}))?");

    private final HttpServer server;
    private final Map<String, SimulatedLog> logs = new ConcurrentSkipListMap<>();
    private final Map<LogId, String> places = new ConcurrentHashMap<>();
    private final Map<String, byte[]> fullTiles = new ConcurrentHashMap<>();
    private final Map<String, byte[]> fullPages = new ConcurrentHashMap<>();
    private final FaultScript faults = new FaultScript();
    private final SimulatedLogList list = new SimulatedLogList(this::url);
    private final LogSigner listSigner = LogSigner.rsa();
    private volatile int page = 1000;

    /** Starts on a free port of the loopback interface. */
    public SimulatedLogServer() {
        this(0);
    }

    /** Starts on a port of the loopback interface. */
    public SimulatedLogServer(int port) {
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    /** Serves this log too. */
    public SimulatedLogServer add(SimulatedLog log) {
        places.put(log.id(), log.name());
        logs.put(log.name(), log);
        list.add(log);
        return this;
    }

    /** Serves the log at another path, and no longer where it was. */
    public void move(SimulatedLog log, String segment) {
        logs.put(segment, log);
        String before = places.put(log.id(), segment);
        if (before != null && !before.equals(segment)) {
            logs.remove(before);
        }
        list.moved();
    }

    /** What the list says of the logs. */
    public SimulatedLogList list() {
        return list;
    }

    /** What goes wrong. */
    public FaultScript faults() {
        return faults;
    }

    /** How many entries get-entries gives at most. */
    public void pageSize(int entries) {
        page = entries;
    }

    /** Where a log is. */
    public URI url(SimulatedLog log) {
        return url(places.getOrDefault(log.id(), log.name()) + "/");
    }

    /** Where the list of these logs is. */
    public URI logListUrl() {
        return url("log_list.json");
    }

    /** The key that signs the list, in PEM form. */
    public String logListKey() {
        return listSigner.pem();
    }

    private URI url(String path) {
        return URI.create("http://127.0.0.1:%d/%s".formatted(server.getAddress().getPort(), path));
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath().substring(1);
            if (!faults.strike(path, exchange)) {
                answer(path, exchange);
            }
        }
    }

    private void answer(String path, HttpExchange exchange) throws IOException {
        int slash = path.indexOf('/');
        SimulatedLog log = slash < 0 ? null : logs.get(path.substring(0, slash));
        if (path.equals("log_list.json")) {
            send(exchange, 200, logList());
        } else if (path.equals("log_list.sig")) {
            send(exchange, 200, listSigner.sign(logList()));
        } else if (log == null) {
            send(exchange, 404, utf8("no such log"));
        } else {
            String rest = path.substring(slash + 1);
            boolean done =
                    log.protocol() == LogProtocol.STATIC
                            ? tiled(log, rest, exchange)
                            : classic(log, rest, exchange);
            if (!done) {
                send(exchange, 404, utf8("not found"));
            }
        }
    }

    private boolean classic(SimulatedLog log, String path, HttpExchange exchange)
            throws IOException {
        String query = exchange.getRequestURI().getQuery();
        Matcher range = GET_ENTRIES.matcher(query == null ? "" : query);
        if (path.equals("ct/v1/get-sth")) {
            send(exchange, 200, utf8(log.treeHead(origin(log))));
        } else if (path.equals("ct/v1/get-entries") && range.matches()) {
            long start = Long.parseLong(range.group(1));
            long end = Math.min(Long.parseLong(range.group(2)) + 1, log.size());
            if (start >= end) {
                send(exchange, 400, utf8("need tree size " + (start + 1)));
            } else {
                send(exchange, 200, entries(log, start, Math.min(end, start + page)));
            }
        } else {
            return false;
        }
        return true;
    }

    /** Whole pages are kept, as the caches before real logs do. */
    private byte[] entries(SimulatedLog log, long start, long end) {
        return start % page == 0 && end == start + page
                ? fullPages.computeIfAbsent(
                        log.name() + "/" + start, key -> log.getEntries(start, end))
                : log.getEntries(start, end);
    }

    /** Fills the caches, so that a benchmark measures the reader. */
    void warmUp() {
        for (SimulatedLog log : logs.values()) {
            if (log.protocol() == LogProtocol.STATIC) {
                for (long tile = 0; (tile + 1) * DataTile.WIDTH <= log.size(); tile++) {
                    fullTile(log, tile);
                }
            } else {
                for (long start = 0; start + page <= log.size(); start += page) {
                    entries(log, start, start + page);
                }
            }
        }
    }

    private byte[] fullTile(SimulatedLog log, long tile) {
        return fullTiles.computeIfAbsent(
                log.name() + "/" + tile, key -> gzip(log.dataTile(tile, DataTile.WIDTH)));
    }

    private boolean tiled(SimulatedLog log, String path, HttpExchange exchange) throws IOException {
        Matcher tile = TILE.matcher(path);
        if (path.equals("checkpoint")) {
            send(exchange, 200, utf8(log.treeHead(origin(log))));
        } else if (path.equals("issuer/" + Sha256.hash(log.issuer()))) {
            send(exchange, 200, log.issuer());
        } else if (tile.matches()) {
            return tile(log, tile, exchange);
        } else {
            return false;
        }
        return true;
    }

    private boolean tile(SimulatedLog log, Matcher tile, HttpExchange exchange) throws IOException {
        long number = Long.parseLong(tile.group(2).replaceAll("[x/]", ""));
        int width = tile.group(3) == null ? DataTile.WIDTH : Integer.parseInt(tile.group(3));
        boolean data = tile.group(1).equals("data");
        int level = data ? 0 : Integer.parseInt(tile.group(1));
        if (number * DataTile.WIDTH + width > log.size() >> 8 * level) {
            return false;
        }
        if (!data) {
            send(exchange, 200, log.hashTile(level, number, width));
            return true;
        }
        exchange.getResponseHeaders().set("Content-Encoding", "gzip");
        send(
                exchange,
                200,
                width == DataTile.WIDTH
                        ? fullTile(log, number)
                        : gzip(log.dataTile(number, width)));
        return true;
    }

    private String origin(SimulatedLog log) {
        return StaticCtClient.origin(url(log));
    }

    /** The list of the logs served here, in schema v3. */
    public byte[] logList() {
        return list.json();
    }

    static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    static byte[] gzip(byte[] body) {
        var out = new ByteArrayOutputStream(body.length / 2);
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
