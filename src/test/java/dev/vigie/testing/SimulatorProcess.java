package dev.vigie.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Simulated logs in a process of their own.
 *
 * @param logListUrl where the list of the logs is
 */
public record SimulatorProcess(Process process, String logListUrl) implements AutoCloseable {

    /**
     * Starts it and waits until all logs are filled.
     *
     * @param protocols one log each
     * @param entries in each log
     * @param page entries in an answer of get-entries
     * @param latency before each answer
     * @param watched what every thousandth certificate names a host of; may be empty
     */
    public static SimulatorProcess start(
            List<String> protocols, int entries, int page, Duration latency, String watched)
            throws IOException {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                "dev.vigie.simulator.SimulatorMain",
                                String.join(",", protocols),
                                Integer.toString(entries),
                                Integer.toString(page),
                                Long.toString(latency.toMillis()),
                                watched)
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        String url = out.readLine();
        if (url == null) {
            throw new IOException("the simulator has ended");
        }
        return new SimulatorProcess(process, url);
    }

    @Override
    public void close() {
        process.destroy();
    }
}
