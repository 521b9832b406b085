package dev.vigie.cli;

import dev.vigie.dns.InertName;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What can be done beside the service. */
@Command(
        name = "vigie",
        description = "Watches Certificate Transparency logs. Without a command: the service.",
        mixinStandardHelpOptions = true,
        versionProvider = CommandLineTool.Version.class,
        scope = CommandLine.ScopeType.INHERIT,
        synopsisSubcommandLabel = "[COMMAND]",
        subcommands = {
            ServeCommand.class,
            ConfigCommand.class,
            TailCommand.class,
            RuleCommand.class,
            RulesCommand.class,
            RescanCommand.class,
            StateCommand.class,
            TokenCommand.class,
            AuditCommand.class,
            AutoComplete.GenerateCompletion.class
        })
public final class CommandLineTool {

    private static final int FAILURE = 1;
    private static final int USAGE = 2;

    private static final String[] FOOTER = {
        "",
        "Settings of the service are environment variables such as VIGIE_DATA_DIR,",
        "properties (java -Dvigie.data-dir=...), or lines of a file .env here.",
        "",
        "vigie stands for java -jar quarkus-run.jar. With an alias or a script of that",
        "name, bash and zsh complete commands and options after",
        "  source <(vigie generate-completion)",
    };

    private CommandLineTool() {}

    /** The version that is in the jar. */
    static final class Version implements CommandLine.IVersionProvider {

        @Override
        public String[] getVersion() {
            String version = CommandLineTool.class.getPackage().getImplementationVersion();
            return new String[] {"vigie " + (version == null ? "(not packaged)" : version)};
        }
    }

    /** Whether these arguments ask for something else than the service. */
    public static boolean isMeant(String... args) {
        return args.length > 0 && !(args.length == 1 && args[0].equals("serve"));
    }

    /** Does it, and returns the exit code: 0, 1 for a failure, 2 for wrong usage. */
    public static int run(String... args) {
        return commands().execute(args);
    }

    static CommandLine commands() {
        var tool = new CommandLine(new CommandLineTool());
        tool.getCommandSpec().usageMessage().footer(FOOTER);
        describeExitCodes(tool);
        tool.registerConverter(UUID.class, CommandLineTool::id);
        // directly on the stream, which alone knows whether what was printed has got anywhere
        return tool.setOut(new PrintWriter(System.out, true, System.out.charset()))
                .setColorScheme(
                        Help.defaultColorScheme(
                                Terminal.isColourful() ? Help.Ansi.ON : Help.Ansi.OFF))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler((e, args) -> refuse(e))
                .setExecutionExceptionHandler((e, command, result) -> fail(e, command));
    }

    private static UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException("'%s' is no id.".formatted(text));
        }
    }

    private static void describeExitCodes(CommandLine command) {
        var usage = command.getCommandSpec().usageMessage();
        if (usage.exitCodeList().isEmpty()) {
            Map<String, String> codes = new LinkedHashMap<>();
            codes.put("0", "It is done.");
            codes.put("1", "It could not be done; standard error says why.");
            codes.put("2", "It was not understood.");
            usage.exitCodeListHeading("%nExit codes:%n").exitCodeList(codes);
        }
        command.getSubcommands().values().forEach(CommandLineTool::describeExitCodes);
    }

    private static int refuse(ParameterException e) {
        CommandLine command = e.getCommandLine();
        command.getErr().println(e.getMessage());
        if (!UnmatchedArgumentException.printSuggestions(e, command.getErr())) {
            command.getErr()
                    .println(
                            "`%s --help` says what there is."
                                    .formatted(command.getCommandSpec().qualifiedName()));
        }
        return USAGE;
    }

    private static int fail(Exception e, CommandLine command) {
        String message =
                e instanceof CommandFailedException
                        ? String.valueOf(e.getMessage())
                        : InertName.ofWords(
                                        Optional.ofNullable(e.getMessage())
                                                .orElse(e.getClass().getSimpleName()))
                                .text();
        command.getErr().println(message);
        return FAILURE;
    }
}
