package dev.vigie.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vigie.ct.loglist.KnownLog;
import dev.vigie.ct.loglist.LogProtocol;
import dev.vigie.simulator.CertificateMaker;
import dev.vigie.simulator.LogSigner;
import dev.vigie.simulator.SimulatedLog;
import dev.vigie.simulator.SimulatedLogServer;
import dev.vigie.testing.RealSlice;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What scripts for ct-moniteur's command read. */
class TailCommandTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir Path folder;

    /** Prints a real slice of a log from its beginning. */
    private List<String> tail(int lines, String... options) throws Exception {
        Path data = RealSlice.folder().orElse(null);
        assumeTrue(data != null, "the recorded data of a real log is not here");
        try (var slice = new RealSlice(data)) {
            List<String> arguments =
                    new ArrayList<>(
                            List.of(
                                    "tail",
                                    "--allow-private-addresses",
                                    "--start-at",
                                    "beginning",
                                    "--log-list",
                                    list(slice.log(), slice.spki()).toUri().toString()));
            arguments.addAll(List.of(options));
            var out = new StringWriter();
            var command = CommandLineTool.commands().setOut(new PrintWriter(out, true));
            Thread running =
                    Thread.ofVirtual()
                            .start(() -> command.execute(arguments.toArray(String[]::new)));
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> out.toString().lines().count() >= lines);
            running.interrupt();
            running.join();
            return out.toString().lines().toList();
        }
    }

    private Path list(KnownLog log, byte[] spki) throws Exception {
        Map<String, Object> entry =
                Map.of(
                        "description", log.description(),
                        "log_id", Base64.getEncoder().encodeToString(log.id().hash().bytes()),
                        "key", Base64.getEncoder().encodeToString(spki),
                        "monitoring_url", log.url(),
                        "submission_url", log.submissionUrl(),
                        "mmd", 60,
                        "state", Map.of("usable", Map.of("timestamp", "2025-01-01T00:00:00Z")));
        Path list = folder.resolve("log_list.json");
        Files.writeString(
                list,
                JSON.writeValueAsString(
                        Map.of(
                                "version",
                                "1",
                                "log_list_timestamp",
                                "2026-01-01T00:00:00Z",
                                "operators",
                                List.of(
                                        Map.of(
                                                "name",
                                                "Somebody",
                                                "email",
                                                List.of(),
                                                "logs",
                                                List.of(),
                                                "tiled_logs",
                                                List.of(entry))))));
        return list;
    }

    @Test
    void aLineForEachOfTheEntriesOfARealLog() throws Exception {
        List<String> lines = tail(RealSlice.SIZE);

        assertThat(lines)
                .hasSize(RealSlice.SIZE)
                .allMatch(line ->
                        line.matches(
                                "\\[\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d(:\\d\\d(\\.\\d+)?)?\\]"
                                        + " http://127\\.0\\.0\\.1:\\d+/ - \\[[^\\[\\]]*\\]"));
    }

    @Test
    void anObjectForEachWithTheKeysInOrder() throws Exception {
        List<String> lines = tail(RealSlice.SIZE, "--json");

        assertThat(lines).hasSize(RealSlice.SIZE);
        for (int i = 0; i < lines.size(); i++) {
            JsonNode certificate = JSON.readTree(lines.get(i));
            List<String> keys = new ArrayList<>();
            certificate.fieldNames().forEachRemaining(keys::add);
            assertThat(keys)
                    .containsExactly(
                            "timestamp",
                            "entry_type",
                            "source",
                            "domains",
                            "subject",
                            "issuer",
                            "not_before",
                            "not_after",
                            "serial_number",
                            "fingerprint_sha256",
                            "fingerprint_sha1");
            assertThat(certificate.path("source").path("index").longValue()).isEqualTo(i);
            assertThat(certificate.path("source").path("log").path("operator").textValue())
                    .isEqualTo("Somebody");
            assertThat(certificate.path("entry_type").textValue())
                    .isIn("X509LogEntry", "PrecertLogEntry");
            assertThat(certificate.path("not_before").textValue())
                    .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\+00:00");
            assertThat(certificate.path("serial_number").textValue()).matches("[0-9A-F]+");
            assertThat(certificate.path("fingerprint_sha256").textValue())
                    .matches("([0-9A-F]{2}:){31}[0-9A-F]{2}");
            assertThat(certificate.path("fingerprint_sha1").textValue())
                    .matches("([0-9A-F]{2}:){19}[0-9A-F]{2}");
        }
    }

    @Test
    void namesAloneAreALineEachOrAnArrayForACertificate() throws Exception {
        List<String> arrays = tail(RealSlice.SIZE, "--json", "--domains-only");
        List<String> names = new ArrayList<>();
        for (String array : arrays) {
            JSON.readTree(array).forEach(name -> names.add(name.textValue()));
        }

        assertThat(tail(names.size(), "--domains-only")).isEqualTo(names);
    }

    @Test
    void theStateFileSaysWhichEntryWasTheLast() throws Exception {
        Path state = folder.resolve("state.json");

        tail(RealSlice.SIZE, "--state", state.toString());

        assertThat(JSON.readTree(state.toFile()).elements().next().longValue())
                .isEqualTo(RealSlice.SIZE - 1);
    }

    @Test
    void wrongUsageEndsWithTwo() {
        CommandLine command =
                CommandLineTool.commands().setErr(new PrintWriter(new StringWriter()));

        assertThat(command.execute("tail", "--no-such-option")).isEqualTo(2);
        assertThat(command.execute("tail", "--start-at", "yesterday")).isEqualTo(2);
        assertThat(command.execute("tail", "--log-list", "ftp://logs.example/")).isEqualTo(2);
        assertThat(command.execute("tail", "--log-list", "list.json")).isEqualTo(2);
        assertThat(command.execute("no-such-command")).isEqualTo(2);
    }

    @Test
    @Timeout(60)
    void aFullDiskEndsItAndTheStateSaysWhatWasPrinted() throws Exception {
        Path state = folder.resolve("state.json");
        var disk = new FullDisk();
        PrintStream usual = System.out;
        try (var server = new SimulatedLogServer()) {
            server.add(logOf(500));
            System.setOut(new PrintStream(new BufferedOutputStream(disk)));
            var err = new StringWriter();
            int exitCode =
                    CommandLineTool.commands()
                            .setErr(new PrintWriter(err, true))
                            .execute(
                                    "tail",
                                    "--allow-private-addresses",
                                    "--start-at=beginning",
                                    "--log-list=" + server.logListUrl(),
                                    "--state=" + state);

            assertThat(exitCode).isEqualTo(1);
            assertThat(err).hasToString("Standard output takes nothing more.%n".formatted());
        } finally {
            System.setOut(usual);
        }
        long printed = disk.written.toString(UTF_8).lines().count();
        assertThat(printed).isBetween(1L, 499L);
        assertThat(JSON.readTree(state.toFile()).elements().next().longValue())
                .isEqualTo(printed - 1);
    }

    /** Takes a few lines. */
    private static final class FullDisk extends OutputStream {
        private final ByteArrayOutputStream written = new ByteArrayOutputStream();

        @Override
        public void write(int single) throws IOException {
            write(new byte[] {(byte) single}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (written.size() + length > 5_000) {
                throw new IOException("No space left on device");
            }
            written.write(bytes, offset, length);
        }
    }

    private static SimulatedLog logOf(int entries) {
        var log =
                new SimulatedLog(
                        "full",
                        LogProtocol.RFC6962,
                        LogSigner.ecdsa(),
                        new CertificateMaker(1),
                        InstantSource.system());
        for (int i = 0; i < entries; i++) {
            log.addPrecert(List.of("n%d.example".formatted(i)));
        }
        return log;
    }

    @Test
    void aListThatCannotBeHadIsToldOfOnce() throws Exception {
        var err = new StringWriter();
        CommandLine command = CommandLineTool.commands().setErr(new PrintWriter(err, true));
        Thread running =
                Thread.ofVirtual()
                        .start(() ->
                                command.execute(
                                        "tail",
                                        "--log-list",
                                        folder.resolve("none.json").toUri().toString()));
        await().atMost(Duration.ofMinutes(1)).until(() -> !err.toString().isEmpty());
        Thread.sleep(Duration.ofSeconds(6));
        running.interrupt();
        running.join();

        assertThat(err.toString().lines())
                .singleElement()
                .asString()
                .startsWith("The log list cannot be had: ")
                .contains("none.json");
    }
}
