package dev.vigie.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Many rules, into a watchlist of a running service and out of it. */
@Command(
        name = "rules",
        description = {
            "Imports rules into a watchlist of a running service, or exports them.",
            "%nExamples:",
            "  vigie rules import 'Our domains' watchlist.txt",
            "  vigie rules export 'Our domains' rules.csv%n"
        })
final class RulesCommand {

    private static final long LARGEST = 16L << 20;
    private static final int UUID_LENGTH = 36;

    @Spec private CommandSpec spec = CommandSpec.create();

    /** What a file looks like. */
    enum Format {
        CERTSPOTTER("text/plain"),
        CSV("text/csv"),
        JSON("application/json");

        private final String mediaType;

        Format(String mediaType) {
            this.mediaType = mediaType;
        }

        static Format of(@Nullable Path file) {
            String name = file == null ? "" : file.toString().toLowerCase(Locale.ROOT);
            return name.endsWith(".csv") ? CSV : name.endsWith(".txt") ? CERTSPOTTER : JSON;
        }

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Command(
            name = "import",
            description =
                    "Adds the rules of a file, all of them or, if one cannot be understood, none."
                            + " Those that are there already stay as they are.")
    int importRules(
            @Mixin ApiAddress service,
            @Parameters(index = "0", paramLabel = "WATCHLIST", description = "Its id or its name.")
                    String watchlist,
            @Parameters(
                            index = "1",
                            paramLabel = "FILE",
                            description = "At most 100,000 rules and 16 MiB.")
                    Path file,
            @Option(
                            names = "--format",
                            paramLabel = "FORMAT",
                            description =
                                    "certspotter (a name a line), csv or json; as the file's name"
                                            + " ends (.txt, .csv, .json) if not given.")
                    @Nullable Format format)
            throws IOException {
        ApiClient api = service.client();
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw new CommandFailedException("%s cannot be read.".formatted(file));
        }
        if (Files.size(file) > LARGEST) {
            throw new CommandFailedException("%s is larger than 16 MiB; split it.".formatted(file));
        }
        String id = find(api, watchlist);
        ProgressLine progress = progress();
        JsonNode imported;
        try {
            imported =
                    api.upload(
                            "/watchlists/%s/rules/import".formatted(id),
                            (format == null ? Format.of(file) : format).mediaType,
                            new WatchedUpload(
                                    BodyPublishers.ofFile(file),
                                    (done, total) ->
                                            progress.show(done, total, sent(done, total))));
        } catch (FileNotFoundException e) {
            throw new CommandFailedException("%s cannot be read.".formatted(file));
        } finally {
            progress.end();
        }
        out(
                "%d rules added, %d were there already."
                        .formatted(
                                imported.path("added").asLong(),
                                imported.path("unchanged").asLong()));
        return 0;
    }

    private static String sent(long done, long total) {
        return done < total
                ? "%d of %d KiB sent".formatted(done >> 10, total >> 10)
                : "all sent, the service is reading it";
    }

    @Command(
            name = "export",
            description = "Writes all rules of a watchlist into a file that can be imported again.")
    int exportRules(
            @Mixin ApiAddress service,
            @Parameters(index = "0", paramLabel = "WATCHLIST", description = "Its id or its name.")
                    String watchlist,
            @Parameters(
                            index = "1",
                            arity = "0..1",
                            paramLabel = "FILE",
                            description = "Where to write them; standard output if not given.")
                    @Nullable Path file,
            @Option(
                            names = "--format",
                            paramLabel = "FORMAT",
                            description =
                                    "certspotter, csv or json; as the file's name ends if not"
                                            + " given, else json.")
                    @Nullable Format format) {
        ApiClient api = service.client();
        String id = find(api, watchlist);
        Format chosen = format == null ? Format.of(file) : format;
        // standard output has the rules, if no file has
        @Nullable ProgressLine progress = file == null ? null : progress();
        try {
            OutputFile.write(
                    file,
                    out ->
                            api.download(
                                    "/watchlists/%s/rules/export?format=%s"
                                            .formatted(id, chosen.text()),
                                    out,
                                    bytes -> {
                                        if (progress != null) {
                                            progress.show(0, null, "%d KiB".formatted(bytes >> 10));
                                        }
                                    }));
        } finally {
            if (progress != null) {
                progress.end();
            }
        }
        return 0;
    }

    private String find(ApiClient api, String watchlist) {
        if (watchlist.length() == UUID_LENGTH && watchlist.matches("[0-9a-fA-F-]+")) {
            return watchlist;
        }
        List<String> found = new ArrayList<>();
        String after = "";
        do {
            JsonNode page = api.get("/watchlists?limit=500" + after);
            for (JsonNode item : page.path("items")) {
                if (item.path("name").asText().equals(watchlist)) {
                    found.add(item.path("id").asText());
                }
            }
            String next = page.path("next").asText("");
            after =
                    page.path("next").isTextual()
                            ? "&after=" + URLEncoder.encode(next, StandardCharsets.UTF_8)
                            : "";
        } while (!after.isEmpty());
        if (found.size() != 1) {
            throw new CommandFailedException(
                    found.isEmpty()
                            ? "There is no watchlist '%s'.".formatted(watchlist)
                            : "%d watchlists are called '%s'; say which by its id, such as %s."
                                    .formatted(found.size(), watchlist, found.get(0)));
        }
        return found.get(0);
    }

    private ProgressLine progress() {
        return new ProgressLine(spec.commandLine().getOut(), Terminal.isThere());
    }

    private void out(String line) {
        spec.commandLine().getOut().println(line);
    }
}
