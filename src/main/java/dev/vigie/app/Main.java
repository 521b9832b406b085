package dev.vigie.app;

import dev.vigie.cli.CommandLineTool;
import dev.vigie.database.DatabaseCheck;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.Optional;

/** Starts the service, or says in one sentence why it cannot; or does what a command asks for. */
@QuarkusMain
public final class Main {

    private Main() {}

    public static void main(String... args) {
        if (CommandLineTool.isMeant(args)) {
            System.exit(CommandLineTool.run(args));
        }
        Optional<String> refusal = DatabaseCheck.refusal();
        if (refusal.isPresent()) {
            System.err.println("Vigie cannot start. " + refusal.get());
            System.exit(1);
        }
        Quarkus.run(args);
    }
}
