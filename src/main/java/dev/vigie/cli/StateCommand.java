package dev.vigie.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The state file of ct-moniteur, out of a running service and into it. */
@Command(
        name = "state",
        description = {
            "How far each log was read, as ct-moniteur's state file:"
                    + " {\"<log url>\": <index of the last entry>}.",
            "%nExamples:",
            "  vigie state export state.json",
            "  vigie state import state.json --url https://vigie.example.org%n"
        })
final class StateCommand {

    private static final int LARGEST = 4 << 20;
    private static final ObjectWriter PRETTY =
            ApiClient.JSON
                    .writer(SerializationFeature.INDENT_OUTPUT)
                    .without(JsonGenerator.Feature.AUTO_CLOSE_TARGET);

    @Spec private CommandSpec spec = CommandSpec.create();

    @Command(
            name = "export",
            description =
                    "Writes the state of a running service into a file, whole or not at all, or to"
                            + " standard output.")
    int export(
            @Mixin ApiAddress service,
            @Parameters(arity = "0..1", paramLabel = "FILE", description = "Where to write it.")
                    @Nullable Path file) {
        JsonNode state = service.client().get("/state");
        OutputFile.write(
                file,
                out -> {
                    PRETTY.writeValue(out, state);
                    out.write('\n');
                });
        return 0;
    }

    @Command(
            name = "import",
            description =
                    "Lets a running service go on after the entries that a file names. Logs that"
                            + " the file does not name stay where they are; if it names one that"
                            + " the service does not follow, or an entry that is not there, nothing"
                            + " changes.")
    int importState(
            @Mixin ApiAddress service,
            @Parameters(paramLabel = "FILE", description = "The file; - for standard input.")
                    Path file) {
        JsonNode state = read(file);
        service.client().send("PUT", "/state", state);
        spec.commandLine()
                .getOut()
                .println("Logs that go on where %s says: %d".formatted(file, state.size()));
        return 0;
    }

    private static JsonNode read(Path file) {
        byte[] bytes = InputFile.read(file, LARGEST);
        try {
            JsonNode state = ApiClient.JSON.readTree(bytes);
            boolean isState = state.isObject() && !state.isEmpty();
            for (JsonNode index : state) {
                isState &= index.canConvertToExactIntegral() && index.canConvertToLong();
            }
            if (isState) {
                return state;
            }
        } catch (IOException e) {
            // said below
        }
        throw new CommandFailedException(
                "%s is no state file such as {\"https://log.example/2026/\": 41}.".formatted(file));
    }
}
