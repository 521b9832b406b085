package dev.vigie.testing;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The packaged application in a process of its own, as an operator runs it. */
public final class PackagedApp implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);

    /** The first process that ends in order leaves its classes to those after it. */
    private static final List<String> SHARED_CLASSES =
            List.of(
                    "-XX:+AutoCreateSharedArchive",
                    "-XX:SharedArchiveFile=" + Path.of("target", "classes.jsa").toAbsolutePath());

    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<String, String> environment = new HashMap<>();
    private final List<String> jvmOptions = new ArrayList<>();
    private final Path folder;
    private final int port = TestSurroundings.freePort();
    private Process process;

    /**
     * @param folder where it runs, and keeps its database
     */
    public PackagedApp(Path folder) {
        this.folder = folder;
        with("QUARKUS_HTTP_PORT", Integer.toString(port));
        with("VIGIE_ADMIN_TOKEN", Api.TOKEN);
    }

    /** Sets an environment variable for later starts. */
    public PackagedApp with(String key, String value) {
        environment.put(key, value);
        return this;
    }

    /** Adds an option of the JVM for later starts. */
    public PackagedApp withJvm(String option) {
        jvmOptions.add(option);
        return this;
    }

    /** Starts it and returns at once. */
    public PackagedApp launch() {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(SHARED_CLASSES);
        command.addAll(jvmOptions);
        command.addAll(
                List.of(
                        "-jar",
                        System.getProperty("vigie.runner", "target/quarkus-app/quarkus-run.jar")));
        command.set(command.size() - 1, Path.of(command.getLast()).toAbsolutePath().toString());
        var builder =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
        builder.environment().putAll(environment);
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** Waits until it answers. */
    public PackagedApp awaitUp() {
        await().atMost(START_TIMEOUT)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> !process.isAlive() || isReady());
        if (!process.isAlive()) {
            throw new IllegalStateException("It ended:\n" + output());
        }
        return this;
    }

    /** Whether the process is there. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** The sum of all metrics whose names, with their labels, begin like this; NaN for none. */
    public double metric(String beginning) {
        return send("GET", "/q/metrics", null)
                .body()
                .lines()
                .filter(line -> line.startsWith(beginning))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .reduce(Double::sum)
                .orElse(Double.NaN);
    }

    /** Whether it says that it can work. */
    public boolean isReady() {
        try {
            return send("GET", "/q/health/ready", null).statusCode() == 200;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    /** Waits until it has ended by itself; returns its exit code. */
    public int awaitEnd() throws InterruptedException {
        if (!process.waitFor(START_TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException("It goes on:\n" + output());
        }
        return process.exitValue();
    }

    /** As {@code kill -9} does. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    public long pid() {
        return process.pid();
    }

    /** The most memory that the process has had so far, as Linux counts it. */
    public String peakMemory() {
        return status("VmHWM");
    }

    /** The memory that the process has now. */
    public String memory() {
        return status("VmRSS");
    }

    private String status(String line) {
        Path status = Path.of("/proc/%d/status".formatted(pid()));
        if (!Files.exists(status)) {
            return "unknown";
        }
        try {
            return Files.readAllLines(status).stream()
                    .filter(text -> text.startsWith(line))
                    .map(text -> text.replaceAll("\\D", ""))
                    .map(kib -> Long.parseLong(kib) / 1024 + " MiB")
                    .findFirst()
                    .orElse("unknown");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return port;
    }

    /** All that it has written to the terminal. */
    public String output() {
        try {
            return Files.readString(log());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path log() {
        return folder.resolve("output.txt");
    }

    /** Asks the API; the path begins below {@code /api/v1}. */
    public JsonNode get(String path) {
        return json(send("GET", "/api/v1" + path, null));
    }

    /** Posts JSON to the API. */
    public JsonNode post(String path, Object body) {
        return write("POST", path, body);
    }

    /** Posts plain text to the API, which may think about it for minutes. */
    public JsonNode postText(String path, String body) {
        return json(send("POST", "/api/v1" + path, body, "text/plain", Duration.ofMinutes(10)));
    }

    /** Puts JSON to the API. */
    public JsonNode put(String path, Object body) {
        return write("PUT", path, body);
    }

    private JsonNode write(String method, String path, Object body) {
        try {
            return json(send(method, "/api/v1" + path, JSON.writeValueAsString(body)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode json(HttpResponse<String> response) {
        if (response.statusCode() / 100 != 2) {
            throw new IllegalStateException(response.statusCode() + " " + response.body());
        }
        try {
            return JSON.readTree(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private HttpResponse<String> send(String method, String path, String body) {
        return send(method, path, body, "application/json", Duration.ofSeconds(20));
    }

    private HttpResponse<String> send(
            String method, String path, String body, String type, Duration timeout) {
        var request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .timeout(timeout)
                        .header("Authorization", "Bearer " + Api.TOKEN)
                        .header("Content-Type", type)
                        .method(
                                method,
                                body == null
                                        ? HttpRequest.BodyPublishers.noBody()
                                        : HttpRequest.BodyPublishers.ofString(body))
                        .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Ends it in good order. */
    @Override
    public void close() throws InterruptedException {
        if (process != null) {
            process.destroy();
            if (!process.waitFor(15, TimeUnit.SECONDS)) {
                kill();
            }
        }
        http.close();
    }
}
