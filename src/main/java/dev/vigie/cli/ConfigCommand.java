package dev.vigie.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.vigie.config.ConfigCheck;
import dev.vigie.config.EffectiveConfig;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints the settings that are in force. */
@Command(
        name = "config",
        description = {
            "Prints the settings that are in force here, one a line with where each comes from, and"
                    + " on standard error what is wrong with them. Secrets are not shown.",
            "%nExamples:",
            "  vigie config",
            "  vigie config --json | jq '.[] | select(.origin != \"default\")'%n"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:The service would start with them, as far as they can tell.",
            "1:It would not.",
            "2:It was not understood."
        })
final class ConfigCommand implements Callable<Integer> {

    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--json",
            description = "Print a JSON array of objects with key, value and origin.")
    private boolean json;

    @Override
    public Integer call() throws JsonProcessingException {
        PrintWriter out = spec.commandLine().getOut();
        List<EffectiveConfig.Entry> entries = EffectiveConfig.ofThisProcess().entries();
        if (json) {
            out.println(
                    ApiClient.JSON
                            .writer(SerializationFeature.INDENT_OUTPUT)
                            .writeValueAsString(entries));
        } else {
            entries.forEach(entry -> out.println(line(entry)));
        }
        out.flush();
        ConfigCheck check = ConfigCheck.ofThisProcess();
        PrintWriter err = spec.commandLine().getErr();
        check.warnings().forEach(warning -> err.println("Warning: " + warning));
        check.refusals().forEach(err::println);
        return check.refusals().isEmpty() ? 0 : 1;
    }

    private static String line(EffectiveConfig.Entry entry) {
        return entry.value() == null
                ? "%s is not set".formatted(entry.key())
                : "%s = %s  (%s)".formatted(entry.key(), entry.value(), entry.origin());
    }
}
