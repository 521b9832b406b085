package dev.vigie.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tokens of a running service. */
@Command(
        name = "token",
        description = {
            "Makes tokens for people and programs, and revokes them.",
            "%nExamples:",
            "  vigie token create --name SIEM --scope viewer",
            "  vigie token create --name acme --scope authorise --watchlist <id>"
                    + " --expires 2027-01-31T00:00:00Z",
            "  vigie token revoke <id>%n"
        })
final class TokenCommand {

    @Spec private CommandSpec spec = CommandSpec.create();

    /** What a token may be good for. */
    enum Scope {
        viewer,
        editor,
        admin,
        authorise
    }

    @Command(
            name = "create",
            description =
                    "Makes a token and prints it, this once, on standard output; what is known of it"
                            + " goes to standard error.")
    int create(
            @Mixin ApiAddress service,
            @Option(names = "--name", required = true, description = "Whose it is.") String name,
            @Option(
                            names = "--scope",
                            required = true,
                            description = "One of ${COMPLETION-CANDIDATES}.")
                    Scope scope,
            @Option(names = "--team", paramLabel = "ID", description = "The team it is good for.")
                    @Nullable UUID team,
            @Option(
                            names = "--watchlist",
                            paramLabel = "ID",
                            description = "The one that a token of scope authorise is for.")
                    @Nullable UUID watchlist,
            @Option(
                            names = "--expires",
                            paramLabel = "TIME",
                            description = "Until when it is good, such as 2027-01-31T00:00:00Z.")
                    @Nullable String expires) {
        Map<String, Object> wanted = new LinkedHashMap<>();
        wanted.put("name", name);
        wanted.put("scope", scope.name());
        put(wanted, "teamId", team);
        put(wanted, "watchlistId", watchlist);
        put(wanted, "expires", expires);
        JsonNode made = service.client().send("POST", "/tokens", wanted);
        spec.commandLine()
                .getErr()
                .println("Token %s; it is shown this once:".formatted(made.path("id").asText()));
        spec.commandLine().getOut().println(made.path("token").asText());
        return 0;
    }

    private static void put(Map<String, Object> to, String key, @Nullable Object value) {
        if (value != null) {
            to.put(key, value);
        }
    }

    @Command(name = "revoke", description = "Makes a token good for nothing, at once.")
    int revoke(
            @Mixin ApiAddress service,
            @Parameters(paramLabel = "ID", description = "Its id.") UUID id) {
        service.client().send("DELETE", "/tokens/" + id, null);
        spec.commandLine().getOut().println("Revoked.");
        return 0;
    }
}
