package dev.vigie.ct.client;

import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * One budget for each host and port, whatever logs are there: operators count requests by address,
 * and many logs live on few hosts.
 */
public final class HostBudgets implements AutoCloseable {

    private final LongSupplier nanoTime;
    private final Map<String, HostBudget> budgets = new ConcurrentHashMap<>();
    private volatile boolean closed;

    public HostBudgets() {
        this(System::nanoTime);
    }

    /**
     * @param nanoTime a clock as {@link System#nanoTime}
     */
    HostBudgets(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** The budget of the host at this address. */
    HostBudget of(URI address) {
        HostBudget budget =
                budgets.computeIfAbsent(
                        host(address),
                        host -> new HostBudget(host, nanoTime, RandomGenerator.getDefault()));
        if (closed) {
            budget.close();
        }
        return budget;
    }

    private static String host(URI address) {
        int port = address.getPort();
        int known = "https".equalsIgnoreCase(address.getScheme()) ? 443 : 80;
        return "%s:%d"
                .formatted(address.getHost().toLowerCase(Locale.ROOT), port < 0 ? known : port);
    }

    /** Ends all waiting, now and later, with an {@link java.io.IOException}. */
    @Override
    public void close() {
        closed = true;
        budgets.values().forEach(HostBudget::close);
    }
}
