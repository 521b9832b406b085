package dev.vigie.simulator;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** Which requests a simulated log answers wrongly, and how. Safe for use by many threads. */
public final class FaultScript {

    /** Answers a request in place of the log. */
    @FunctionalInterface
    public interface Fault {
        void answer(HttpExchange exchange) throws IOException;

        /**
         * Answers, if it needs to know what would be right.
         *
         * @param right computes what the log says now
         */
        default void answer(HttpExchange exchange, Supplier<Answer> right) throws IOException {
            answer(exchange);
        }
    }

    private record Altering(UnaryOperator<byte[]> change) implements Fault {
        @Override
        public void answer(HttpExchange exchange) {
            throw new UnsupportedOperationException("there is nothing to alter");
        }

        @Override
        public void answer(HttpExchange exchange, Supplier<Answer> right) throws IOException {
            right.get().altered(change).send(exchange);
        }
    }

    private record Delay(Duration delay) implements Fault {
        @Override
        public void answer(HttpExchange exchange) {
            throw new UnsupportedOperationException("there is nothing to delay");
        }

        @Override
        public void answer(HttpExchange exchange, Supplier<Answer> right) throws IOException {
            try {
                Thread.sleep(delay);
            } catch (InterruptedException e) {
                throw new InterruptedIOException();
            }
            right.get().send(exchange);
        }
    }

    private record Rule(Pattern path, AtomicInteger left, Fault fault) {}

    private final List<Rule> rules = new CopyOnWriteArrayList<>();

    /**
     * From now on, so many requests whose path and query (without leading slash) contain the
     * pattern go wrong.
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
            Answer.refusal(status, "simulated fault").send(exchange);
        };
    }

    /** Status 200 with this body in place of the right one. */
    public static Fault body(byte[] body) {
        return exchange -> Answer.ok(body).send(exchange);
    }

    /**
     * The right answer with its body changed; it is compressed only afterwards. Refusals stay as
     * they are.
     */
    public static Fault altering(UnaryOperator<byte[]> change) {
        return new Altering(change);
    }

    /** The right answer, but not at once. */
    public static Fault delayed(Duration delay) {
        return new Delay(delay);
    }

    /** The connection is cut without an answer. */
    public static Fault reset() {
        return HttpExchange::close;
    }

    boolean strike(String path, HttpExchange exchange, Supplier<Answer> right) throws IOException {
        for (Rule rule : rules) {
            if (rule.path().matcher(path).find() && rule.left().getAndDecrement() > 0) {
                rule.fault().answer(exchange, right);
                return true;
            }
        }
        return false;
    }
}
