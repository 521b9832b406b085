package dev.vigie.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vigie.audit.AuditHash;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What a running service has written down about changes. */
@Command(
        name = "audit",
        description = {
            "Who changed what, and whether that was tampered with.",
            "%nExamples:",
            "  vigie audit verify",
            "  vigie audit verify --known 1207:4f2c...%n"
        })
final class AuditCommand {

    private static final int PAGE = 500;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Command(
            name = "verify",
            description =
                    "Reads the whole audit and computes its chain of hashes anew, here. Prints the"
                            + " last entry as POSITION:HASH; keep that elsewhere and give it next"
                            + " time as --known, since whoever can write to the database could"
                            + " compute a chain, too.")
    int verify(
            @Mixin ApiAddress service,
            @Option(
                            names = "--known",
                            paramLabel = "POSITION:HASH",
                            description = "An entry as it was when somebody last looked.")
                    @Nullable String known) {
        ApiClient client = service.client();
        JsonNode head = client.get("/audit/head");
        String end = name(head);
        var chain = new Chain(known);
        String next = "";
        do {
            JsonNode page = client.get("/audit?sort=oldest&limit=%d%s".formatted(PAGE, next));
            page.path("items").forEach(chain::add);
            next = page.path("next").isTextual() ? "&after=" + page.path("next").asText() : "";
        } while (!next.isEmpty());
        chain.mustContain(end);
        spec.commandLine()
                .getOut()
                .println(
                        "%d entries, none was changed.%n%s"
                                .formatted(chain.position, chain.name()));
        return 0;
    }

    private static String name(JsonNode entry) {
        return "%d:%s".formatted(entry.path("position").asLong(), entry.path("hash").asText());
    }

    /** Computes it, entry by entry. */
    private static final class Chain {

        private final @Nullable String known;
        private long position;
        private String hash = "";
        private boolean sawKnown;

        Chain(@Nullable String known) {
            this.known = known;
            this.sawKnown = known == null;
        }

        void add(JsonNode entry) {
            if (entry.path("position").asLong() != position + 1) {
                throw new CommandFailedException("Entry %d is missing.".formatted(position + 1));
            }
            position++;
            hash = AuditHash.of(hash, content(entry));
            if (!hash.equals(entry.path("hash").asText())) {
                throw new CommandFailedException("Entry %d was changed.".formatted(position));
            }
            sawKnown |= name().equals(known);
        }

        private String name() {
            return "%d:%s".formatted(position, hash);
        }

        /** There may be more by now, but not less. */
        void mustContain(String end) {
            if (position < Long.parseLong(end.substring(0, end.indexOf(':')))) {
                throw new CommandFailedException(
                        "The last entries are missing, after %s.".formatted(name()));
            }
            if (!sawKnown) {
                throw new CommandFailedException(
                        "The entry %s is not there: what was known was changed.".formatted(known));
            }
        }

        private static AuditHash.Content content(JsonNode entry) {
            try {
                String team = text(entry, "teamId");
                return new AuditHash.Content(
                        entry.path("position").asLong(),
                        Instant.parse(entry.path("at").asText()),
                        entry.path("actor").asText(),
                        entry.path("address").asText(),
                        team == null ? null : UUID.fromString(team),
                        entry.path("action").asText(),
                        entry.path("subject").asText(),
                        text(entry, "before"),
                        text(entry, "after"));
            } catch (DateTimeException | IllegalArgumentException e) {
                throw new CommandFailedException(
                        "Entry %d is none.".formatted(entry.path("position").asLong()));
            }
        }

        private static @Nullable String text(JsonNode entry, String field) {
            return entry.path(field).isTextual() ? entry.path(field).asText() : null;
        }
    }
}
