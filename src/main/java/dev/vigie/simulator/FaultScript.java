package dev.vigie.simulator;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/** Which requests a simulated log answers wrongly, and how. Safe for use by many threads. */
public final class FaultScript {

    /** Answers a request in place of the log. */
    @FunctionalInterface
    public interface Fault {
        void answer(HttpExchange exchange) throws IOException;
    }

    private record Rule(Pattern path, AtomicInteger left, Fault fault) {}

    private final List<Rule> rules = new CopyOnWriteArrayList<>();

    /**
     * From now on, so many requests whose path (without leading slash) contains the pattern go
     * wrong.
     */
    public FaultScript next(int times, String pathPattern, Fault fault) {
        rules.add(new Rule(Pattern.compile(pathPattern), new AtomicInteger(times), fault));
        return this;
    }

    /** As {@link #next}, until {@link #heal}. */
    public FaultScript always(String pathPattern, Fault fault) {
        return next(Integer.MAX_VALUE, pathPattern, fault);
    }

    /** Nothing goes wrong any more. */
    public void heal() {
        rules.clear();
    }

    /** A status with a short text. */
    public static Fault status(int status) {
        return status(status, "X-Simulated", "true");
    }

    /** A status with a header. */
    public static Fault status(int status, String header, String value) {
        return exchange -> {
            exchange.getResponseHeaders().set(header, value);
            SimulatedLogServer.send(
                    exchange, status, "simulated fault".getBytes(StandardCharsets.US_ASCII));
        };
    }

    /** Status 200 with this body in place of the right one. */
    public static Fault body(byte[] body) {
        return exchange -> SimulatedLogServer.send(exchange, 200, body);
    }

    /** The connection is cut without an answer. */
    public static Fault reset() {
        return HttpExchange::close;
    }

    boolean strike(String path, HttpExchange exchange) throws IOException {
        for (Rule rule : rules) {
            if (rule.path().matcher(path).find() && rule.left().getAndDecrement() > 0) {
                rule.fault().answer(exchange);
                return true;
            }
        }
        return false;
    }
}
