package dev.vigie.cli;

import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** What can be done without the service. */
@Command(
        name = "vigie",
        description = "Watches Certificate Transparency logs. Without a command: the service.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "[serve | COMMAND]",
        subcommands = {TailCommand.class, AutoComplete.GenerateCompletion.class})
public final class CommandLineTool {

    private CommandLineTool() {}

    /** Whether these arguments ask for something else than the service. */
    public static boolean isMeant(String... args) {
        return args.length > 0 && !args[0].equals("serve");
    }

    /** Does it, and returns the exit code: 0, 1 for a failure, 2 for wrong usage. */
    public static int run(String... args) {
        return commands().execute(args);
    }

    static CommandLine commands() {
        return new CommandLine(new CommandLineTool());
    }
}
