package dev.vigie.app;

import dev.vigie.database.DatabaseCheck;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.Optional;

/** Starts the service, or says in one sentence why it cannot. */
@QuarkusMain
public final class Main {

    private Main() {}

    public static void main(String... args) {
        Optional<String> refusal = DatabaseCheck.refusal();
        if (refusal.isPresent()) {
            System.err.println("Vigie cannot start. " + refusal.get());
            System.exit(1);
        }
        Quarkus.run(args);
    }
}
