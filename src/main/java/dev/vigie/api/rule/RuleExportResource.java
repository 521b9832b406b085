package dev.vigie.api.rule;

import dev.vigie.access.May;
import dev.vigie.api.Caller;
import dev.vigie.api.Parse;
import dev.vigie.api.watchlist.WatchlistResource;
import dev.vigie.watchlist.CertspotterList;
import dev.vigie.watchlist.RulePages;
import dev.vigie.watchlist.StoredRule;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** All rules of a watchlist as a file that can be imported again; written as it is read. */
@Tag(name = "Rules")
@RolesAllowed(May.SEE)
@Path("/api/v1/watchlists/{watchlistId}/rules/export")
class RuleExportResource {

    private final CsvRules csv;
    private final JsonRules json;
    private final Caller caller;

    RuleExportResource(CsvRules csv, JsonRules json, Caller caller) {
        this.caller = caller;
        this.csv = csv;
        this.json = json;
    }

    /** What the file looks like. */
    private enum Format {
        CERTSPOTTER("text/plain;charset=utf-8", "txt"),
        CSV("text/csv;charset=utf-8;header=present", "csv"),
        JSON("application/json", "json");

        private final String mediaType;
        private final String extension;

        Format(String mediaType, String extension) {
            this.mediaType = mediaType;
            this.extension = extension;
        }
    }

    @Operation(summary = "Writes all rules of a watchlist into a file that can be imported again.")
    @GET
    public Response export(UUID watchlistId, @QueryParam("format") @Nullable String format) {
        Format asked = Parse.choice(Format.class, "format", format);
        Format chosen = asked == null ? Format.JSON : asked;
        WatchlistResource.existing(caller, watchlistId);
        StreamingOutput body = out -> write(chosen, watchlistId, out);
        return Response.ok(body)
                .type(chosen.mediaType)
                .header(
                        "Content-Disposition",
                        "attachment; filename=\"rules.%s\"".formatted(chosen.extension))
                .build();
    }

    private void write(Format format, UUID watchlistId, OutputStream out) throws IOException {
        var pages = new RulePages(watchlistId);
        switch (format) {
            case CERTSPOTTER -> lines(pages, out);
            case CSV -> rules(pages, csv.writer(out));
            case JSON -> rules(pages, json.writer(out));
        }
    }

    private static void lines(RulePages pages, OutputStream out) throws IOException {
        Writer lines = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        while (pages.hasNext()) {
            for (StoredRule rule : pages.next()) {
                lines.append(CertspotterList.line(rule)).append('\n');
            }
        }
        lines.flush();
    }

    private static void rules(RulePages pages, RuleWriter writer) throws IOException {
        while (pages.hasNext()) {
            List<StoredRule> page = pages.next();
            for (StoredRule rule : page) {
                writer.write(RuleResource.NewRule.of(rule));
            }
        }
        writer.close();
    }
}
