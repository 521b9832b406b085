package dev.vigie.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Help, exit codes, and what is said about mistakes. */
@NullUnmarked
class CommandLineToolTest {

    @TempDir Path folder;

    static List<List<String>> commands() {
        List<List<String>> paths = new ArrayList<>();
        collect(CommandLineTool.commands(), List.of(), paths);
        return paths;
    }

    private static void collect(CommandLine command, List<String> path, List<List<String>> paths) {
        paths.add(path);
        command.getSubcommands()
                .forEach((name, inner) ->
                        collect(
                                inner,
                                Stream.concat(path.stream(), Stream.of(name)).toList(),
                                paths));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandHasHelpWithExitCodesAndWithoutColours(List<String> path) {
        CommandRun help = CommandRun.of(Stream.concat(path.stream(), Stream.of("--help")).toList());

        assertThat(help.exitCode()).isZero();
        assertThat(help.out())
                .startsWith(
                        "Usage: vigie" + String.join("", path.stream().map(p -> " " + p).toList()))
                .contains("Exit codes:", "  0 ", "  1 ", "  2 ")
                .doesNotContain("\u001b");
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandSaysItsVersion(List<String> path) {
        CommandRun version =
                CommandRun.of(Stream.concat(path.stream(), Stream.of("--version")).toList());

        assertThat(version.exitCode()).isZero();
        assertThat(version.out()).startsWith("vigie ");
    }

    @Test
    void theHelpOfAllSaysHowToHaveCommandsCompleted() {
        assertThat(CommandRun.of("--help").out())
                .contains(
                        "source <(vigie generate-completion)", "config", "tail", "rescan", "serve");
    }

    @Test
    void theCompletionIsValidBash() throws Exception {
        Path script = folder.resolve("completion");
        Files.writeString(script, CommandRun.of("generate-completion").out());

        Process bash =
                new ProcessBuilder("bash", "-n", script.toString())
                        .redirectErrorStream(true)
                        .start();

        assertThat(
                        new String(
                                bash.getInputStream().readAllBytes(),
                                java.nio.charset.StandardCharsets.UTF_8))
                .isEmpty();
        assertThat(bash.waitFor()).isZero();
        assertThat(Files.readString(script)).contains("--token-file", "rescan");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tial",
                "serve now",
                "state",
                "state import",
                "state export --token secret",
                "rule test example.org",
                "rule test --kind domian example.org a.example.org",
                "rule test --kind domain example.org",
                "rule test --kind regex ( a.example.org",
                "rule test --kind lookalike --technique magic example.org a.example.org",
                "rescan start --from 2026-01-01T00:00:00Z",
                "rescan cancel not-an-id",
                "state export --url ftp://vigie.example",
                "state export --url http://127.0.0.1:1",
                "config --all",
            })
    void wrongUsageIsASentenceAndEndsWithTwo(String line) {
        CommandRun run = CommandRun.of(line.split(" "));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err().lines()).hasSizeBetween(1, 3);
        assertThat(run.err()).doesNotContain("Exception", "\tat ");
    }

    @Test
    void aServiceThatIsNotThereIsASentenceAndEndsWithOne() throws Exception {
        Path token = Files.writeString(folder.resolve("token"), "some-token\n");

        CommandRun run =
                CommandRun.of(
                        "state",
                        "export",
                        "--url",
                        "http://127.0.0.1:1",
                        "--token-file",
                        token.toString());

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err().lines())
                .singleElement()
                .asString()
                .contains("http://127.0.0.1:1", "is the service running there?");
    }

    @Test
    void onlyServeAloneIsTheService() {
        assertThat(CommandLineTool.isMeant()).isFalse();
        assertThat(CommandLineTool.isMeant("serve")).isFalse();
        assertThat(CommandLineTool.isMeant("serve", "--help")).isTrue();
        assertThat(CommandLineTool.isMeant("--help")).isTrue();
    }
}
