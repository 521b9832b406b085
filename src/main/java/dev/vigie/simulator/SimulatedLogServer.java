package dev.vigie.simulator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.vigie.ct.LogId;
import dev.vigie.ct.client.StaticCtClient;
import dev.vigie.ct.loglist.KnownLog;
import dev.vigie.ct.loglist.LogListException;
import dev.vigie.ct.loglist.LogListParser;
import dev.vigie.ct.loglist.LogProtocol;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

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

    private final HttpServer server;
    private final Map<String, SimulatedLog> logs = new ConcurrentSkipListMap<>();
    private final Map<LogId, String> places = new ConcurrentHashMap<>();
    private final ClassicEndpoints classic = new ClassicEndpoints();
    private final TileEndpoints tiled = new TileEndpoints();
    private final FaultScript faults = new FaultScript();
    private final SimulatedLogList list = new SimulatedLogList(this::url);
    private @Nullable LogSigner listSigner;

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

    /** Serves this log too, in place of the one that had its name. */
    public SimulatedLogServer add(SimulatedLog log) {
        places.put(log.id(), log.name());
        SimulatedLog former = logs.put(log.name(), log);
        if (former != null && former != log) {
            classic.forget(former);
            tiled.forget(former);
        }
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
        classic.pageSize(entries);
    }

    /** What a log calls itself in its checkpoints. */
    public String origin(SimulatedLog log) {
        return StaticCtClient.origin(url(log));
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
        return listSigner().pem();
    }

    /** An RSA key takes its time, and most lists are read without their signature. */
    private synchronized LogSigner listSigner() {
        if (listSigner == null) {
            listSigner = LogSigner.rsa();
        }
        return listSigner;
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
            String query = exchange.getRequestURI().getRawQuery();
            String asked = query == null ? path : path + "?" + query;
            if (!faults.strike(asked, exchange, () -> answer(path, query))) {
                answer(path, query).send(exchange);
            }
        }
    }

    private Answer answer(String path, @Nullable String query) {
        int slash = path.indexOf('/');
        SimulatedLog log = slash < 0 ? null : logs.get(path.substring(0, slash));
        if (path.equals("log_list.json")) {
            return Answer.ok(logList());
        } else if (path.equals("log_list.sig")) {
            return Answer.ok(listSigner().sign(logList()));
        } else if (log == null) {
            return Answer.refusal(404, "no such log");
        }
        String rest = path.substring(slash + 1);
        return log.protocol() == LogProtocol.STATIC
                ? tiled.answer(log, rest, origin(log))
                : classic.answer(log, rest, query, origin(log));
    }

    /** Fills the caches, so that a benchmark measures the reader. */
    void warmUp() {
        for (SimulatedLog log : logs.values()) {
            if (log.protocol() == LogProtocol.STATIC) {
                tiled.warmUp(log);
            } else {
                classic.warmUp(log);
            }
        }
    }

    /** The logs as a reader of the list sees them. */
    public List<KnownLog> knownLogs() throws LogListException {
        return list.isEmpty() ? List.of() : LogListParser.parse(logList()).logs();
    }

    /** The list of the logs served here, in schema v3. */
    public byte[] logList() {
        return list.json();
    }
}
