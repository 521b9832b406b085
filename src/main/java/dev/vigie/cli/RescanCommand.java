package dev.vigie.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Searches of what was logged before a rule was there. */
@Command(
        name = "rescan",
        description = {
            "Lets a running service search what was logged before a rule was there.",
            "%nExamples:",
            "  vigie rescan start --watchlist 0192… --from 2026-10-01T00:00:00Z --wait",
            "  vigie rescan status",
            "  vigie rescan status 0193… --wait",
            "  vigie rescan cancel 0193…%n"
        })
final class RescanCommand {

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
    private static final Set<String> OVER = Set.of("done", "cancelled", "failed", "paused");

    @Spec private CommandSpec spec = CommandSpec.create();

    /** For which rules. */
    static final class Rules {

        @Option(
                names = "--watchlist",
                required = true,
                paramLabel = "ID",
                description = "For all rules of this watchlist.")
        private @Nullable UUID watchlist;

        @Option(
                names = "--rule",
                required = true,
                paramLabel = "ID",
                description = "For this rule; can be repeated.")
        private @Nullable List<UUID> rules;
    }

    @Command(name = "start", description = "Orders a search.")
    int start(
            @Mixin ApiAddress service,
            @ArgGroup(multiplicity = "1") Rules rules,
            @Option(
                            names = "--from",
                            required = true,
                            paramLabel = "TIME",
                            description =
                                    "Search what the logs took from then on, such as"
                                            + " 2026-10-01T00:00:00Z.")
                    String from,
            @Option(
                            names = "--until",
                            paramLabel = "TIME",
                            description = "And before then; up to now if not given.")
                    @Nullable String until,
            @Option(
                            names = "--log",
                            paramLabel = "ID",
                            description = "Only in this log, by its id in hex; can be repeated.")
                    @Nullable List<String> logs,
            @Option(names = "--quiet", description = "Alert nobody about what is found.")
                    boolean quiet,
            @Option(names = "--wait", description = "Show how it goes until it is over.")
                    boolean wait) {
        Map<String, Object> order = new LinkedHashMap<>();
        if (rules.watchlist != null) {
            order.put("watchlistId", rules.watchlist);
        }
        if (rules.rules != null) {
            order.put("ruleIds", rules.rules);
        }
        order.put("from", from);
        if (until != null) {
            order.put("until", until);
        }
        order.put("logIds", logs == null ? new ArrayList<>() : logs);
        order.put("notify", !quiet);
        ApiClient api = service.client();
        JsonNode rescan = api.send("POST", "/rescans", order);
        out().println(rescan.path("id").asText());
        return wait ? follow(api, rescan) : 0;
    }

    @Command(
            name = "status",
            description = "Says how far a search is, or how far the newest ones are.",
            exitCodeListHeading = "%nExit codes:%n",
            exitCodeList = {
                "0:It said so; with --wait: the search is done.",
                "1:It could not; with --wait: the search has failed, or was cancelled or paused.",
                "2:It was not understood."
            })
    int status(
            @Mixin ApiAddress service,
            @Parameters(
                            arity = "0..1",
                            paramLabel = "ID",
                            description = "Which search; the newest ones if not given.")
                    @Nullable UUID id,
            @Option(names = "--wait", description = "Show how it goes until it is over.")
                    boolean wait) {
        ApiClient api = service.client();
        if (id == null) {
            api.get("/rescans?limit=20").path("items").forEach(this::print);
            return 0;
        }
        JsonNode rescan = api.get("/rescans/" + id);
        if (wait) {
            return follow(api, rescan);
        }
        print(rescan);
        return 0;
    }

    @Command(name = "cancel", description = "Ends a search; what it has found stays.")
    int cancel(
            @Mixin ApiAddress service,
            @Parameters(paramLabel = "ID", description = "Which search.") UUID id) {
        print(service.client().send("POST", "/rescans/%s/cancel".formatted(id), null));
        return 0;
    }

    private int follow(ApiClient api, JsonNode ordered) {
        var progress = new ProgressLine(out(), Terminal.isThere());
        JsonNode rescan = ordered;
        try {
            while (true) {
                @Nullable Long total =
                        rescan.path("entriesTotal").isNumber()
                                ? rescan.path("entriesTotal").asLong()
                                : null;
                progress.show(rescan.path("entriesDone").asLong(), total, text(rescan));
                if (OVER.contains(rescan.path("state").asText())) {
                    break;
                }
                Thread.sleep(BETWEEN_LOOKS);
                rescan = api.get("/rescans/" + rescan.path("id").asText());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        } finally {
            progress.end();
        }
        print(rescan);
        return rescan.path("state").asText().equals("done") ? 0 : 1;
    }

    private static String text(JsonNode rescan) {
        return "%d of %s entries, %d matches%s"
                .formatted(
                        rescan.path("entriesDone").asLong(),
                        rescan.path("entriesTotal").isNumber()
                                ? rescan.path("entriesTotal").asText()
                                : "an unknown number of",
                        rescan.path("matches").asLong(),
                        rescan.path("entriesPerSecond").asDouble() > 0
                                ? ", %s entries/s"
                                        .formatted(rescan.path("entriesPerSecond").asText())
                                : "");
    }

    private void print(JsonNode rescan) {
        String error = rescan.path("error").asText("");
        out().println(
                        "%s %s  %s%s"
                                .formatted(
                                        rescan.path("id").asText(),
                                        rescan.path("state").asText(),
                                        text(rescan),
                                        rescan.path("error").isTextual() ? "  " + error : ""));
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
