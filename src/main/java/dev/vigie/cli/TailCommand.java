package dev.vigie.cli;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vigie.dns.InertName;
import dev.vigie.follow.LogFollower;
import dev.vigie.follow.LogProgress;
import dev.vigie.follow.LoggedEntry;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Prints certificates as the logs take them. */
@Command(
        name = "tail",
        description = {
            "Prints certificates as the logs take them, one a line, until it is stopped.",
            "%nExamples:",
            "  vigie tail --domains-only | grep -F example.org",
            "  vigie tail --json --state state.json >> certificates.ndjson%n"
        },
        mixinStandardHelpOptions = true)
final class TailCommand implements Callable<Integer> {

    private static final Duration BETWEEN_SAVES = Duration.ofSeconds(5);
    private static final ObjectMapper JSON = new ObjectMapper();

    /** At zero when standard output takes nothing more. */
    private final CountDownLatch heard = new CountDownLatch(1);

    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(names = "--domains-only", description = "Print nothing but names, one a line.")
    private boolean domainsOnly;

    @Option(
            names = "--json",
            description =
                    "Print JSON, an object for each certificate; with --domains-only an array of"
                            + " its names.")
    private boolean json;

    @Option(names = "--verbose", description = "Say on standard error how each log is doing.")
    private boolean verbose;

    @Option(
            names = "--log-list",
            paramLabel = "URL",
            description =
                    "A log list of schema v3, at an https, http or file URL; Chrome's if not"
                            + " given.")
    private @Nullable URI logList;

    @Option(
            names = "--start-at",
            paramLabel = "WHERE",
            description =
                    "Where to begin: end, beginning, an index, or a time such as"
                            + " 2026-01-31T00:00:00Z; ${DEFAULT-VALUE} if not given.")
    private String startAt = "end";

    @Option(
            names = "--state",
            paramLabel = "FILE",
            description = "Goes on where this file says, and keeps it up to date.")
    private @Nullable Path stateFile;

    @Option(
            names = "--allow-private-addresses",
            description = "Also follow logs at loopback and private addresses.")
    private boolean privateAddresses;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        EntryLines lines = EntryLines.of(json, domainsOnly);
        try (LogFollower follower = follower(out, lines)) {
            // after Ctrl-C nothing else runs any more
            Runtime.getRuntime().addShutdownHook(new Thread(() -> save(follower)));
            watch(follower);
        }
        return 0;
    }

    private void watch(LogFollower follower) {
        String listError = null;
        try {
            while (!heard.await(BETWEEN_SAVES.toMillis(), TimeUnit.MILLISECONDS)) {
                save(follower);
                listError = report(follower.listError(), listError);
                if (verbose) {
                    report(follower);
                }
            }
        } catch (InterruptedException e) {
            save(follower);
            return;
        }
        save(follower);
        throw new CommandFailedException("Standard output takes nothing more.");
    }

    private LogFollower follower(PrintWriter out, EntryLines lines) throws IOException {
        LogFollower.Builder builder = builder();
        if (privateAddresses) {
            builder.allowingPrivateAddresses();
        }
        return builder.state(state()).listener(entry -> print(out, lines, entry)).start();
    }

    private LogFollower.Builder builder() {
        try {
            return (logList == null
                            ? LogFollower.followingChromesLogs()
                            : LogFollower.following(logList))
                    .startingAt(startAt);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    /** Whatever fails is printed again by another run: the position does not move. */
    private void print(PrintWriter out, EntryLines lines, LoggedEntry entry) {
        String text = lines.of(entry);
        if (!text.isEmpty()) {
            out.println(text);
        }
        if (out.checkError()) {
            heard.countDown();
            throw new IllegalStateException("standard output takes nothing more");
        }
    }

    private Map<URI, Long> state() throws IOException {
        if (stateFile == null || !Files.exists(stateFile)) {
            return Map.of();
        }
        Map<String, Long> kept =
                JSON.readValue(stateFile.toFile(), new TypeReference<Map<String, Long>>() {});
        return kept.entrySet().stream()
                .collect(Collectors.toMap(e -> URI.create(e.getKey()), Map.Entry::getValue));
    }

    /** Another file takes the place of the old one, so that there is always a whole one. */
    private synchronized void save(LogFollower follower) {
        if (stateFile == null) {
            return;
        }
        Map<String, Long> state = new TreeMap<>();
        follower.state().forEach((url, index) -> state.put(url.toString(), index));
        Path next = stateFile.resolveSibling(stateFile.getFileName() + ".new");
        try {
            JSON.writeValue(next.toFile(), state);
            Files.move(next, stateFile, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            spec.commandLine().getErr().println("The state cannot be kept: " + e.getMessage());
        }
    }

    /** Says why there is no log list, once: without one there is nothing to print. */
    private @Nullable String report(@Nullable String listError, @Nullable String said) {
        if (listError != null && !listError.equals(said)) {
            spec.commandLine()
                    .getErr()
                    .println("The log list cannot be had: " + InertName.ofWords(listError).text());
        }
        return listError;
    }

    private void report(LogFollower follower) {
        PrintWriter err = spec.commandLine().getErr();
        for (LogProgress log : follower.progress()) {
            err.printf(
                    "%s: %d of %d, %d entries%s%n",
                    log.log().url(),
                    log.position(),
                    log.treeSize(),
                    log.entries(),
                    log.lastError() == null ? "" : ", " + log.lastError());
        }
    }
}
