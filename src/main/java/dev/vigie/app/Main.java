package dev.vigie.app;

import dev.vigie.cli.CommandLineTool;
import dev.vigie.config.ConfigCheck;
import dev.vigie.database.DatabaseCheck;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.List;
import java.util.Locale;

/** Starts the service, or says in one sentence why it cannot; or does what a command asks for. */
@QuarkusMain
public final class Main {

    private Main() {}

    public static void main(String... args) {
        // numbers and letters are written in the same way everywhere
        Locale.setDefault(Locale.ROOT);
        if (CommandLineTool.isMeant(args)) {
            System.exit(CommandLineTool.run(args));
        }
        ConfigCheck check = ConfigCheck.ofThisProcess();
        check.warnings().forEach(warning -> System.err.println("Warning: " + warning));
        refuse(check.refusals());
        refuse(DatabaseCheck.refusal().stream().toList());
        Quarkus.run(args);
    }

    private static void refuse(List<String> refusals) {
        if (refusals.isEmpty()) {
            return;
        }
        System.err.println("Vigie cannot start.");
        refusals.forEach(System.err::println);
        System.exit(1);
    }
}
