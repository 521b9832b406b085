package dev.vigie.api.match;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SequenceWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.vigie.access.May;
import dev.vigie.api.Caller;
import dev.vigie.api.Parse;
import dev.vigie.database.TimeOrder;
import dev.vigie.match.Matches;
import dev.vigie.match.RegistrableDomains;
import dev.vigie.team.Reach;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/**
 * All matches as a file, the newest first; written as they are read, in pages each of which is a
 * transaction of its own.
 */
@Tag(name = "Matches")
@RolesAllowed(May.SEE)
@Path("/api/v1/matches/export")
class MatchExportResource {

    private static final int PAGE = 500;

    private final Matches matches;
    private final RegistrableDomains domains;
    private final ObjectMapper json;
    private final Caller caller;

    MatchExportResource(
            Matches matches, RegistrableDomains domains, ObjectMapper json, Caller caller) {
        this.matches = matches;
        this.domains = domains;
        this.json = json;
        this.caller = caller;
    }

    /** What the file looks like. */
    private enum Format {
        CSV("text/csv;charset=utf-8;header=present", "csv"),
        NDJSON("application/x-ndjson", "ndjson");

        private final String mediaType;
        private final String extension;

        Format(String mediaType, String extension) {
            this.mediaType = mediaType;
            this.extension = extension;
        }
    }

    @Operation(
            summary = "Writes all matches into a file, the newest first.",
            description =
                    "As NDJSON (one match a line, as this API shows it) or CSV, in which "
                            + "nothing begins like a formula.")
    @GET
    public Response export(
            @BeanParam @Valid MatchResource.Filter filter,
            @QueryParam("format") @Nullable String format) {
        Format asked = Parse.choice(Format.class, "format", format);
        Format chosen = asked == null ? Format.NDJSON : asked;
        Matches.Filter wanted = filter.parse(domains);
        Reach reach = caller.reach();
        StreamingOutput body =
                out -> {
                    switch (chosen) {
                        case CSV -> MatchTable.write(out, new Pages(reach, wanted));
                        case NDJSON -> lines(out, new Pages(reach, wanted));
                    }
                };
        return Response.ok(body)
                .type(chosen.mediaType)
                .header(
                        "Content-Disposition",
                        "attachment; filename=\"matches.%s\"".formatted(chosen.extension))
                .build();
    }

    private void lines(OutputStream out, Pages pages) throws IOException {
        SequenceWriter lines =
                json.writer()
                        .withRootValueSeparator("\n")
                        .without(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
                        .without(SerializationFeature.FLUSH_AFTER_WRITE_VALUE)
                        .writeValues(out);
        boolean some = false;
        for (Matches.Part part = pages.next(); part != null; part = pages.next()) {
            lines.writeAll(part.matches());
            some |= !part.matches().isEmpty();
        }
        lines.close();
        if (some) {
            out.write('\n');
        }
    }

    /** One part after the other, then null. */
    final class Pages {

        private final Reach reach;
        private final Matches.Filter filter;
        private TimeOrder.@Nullable Place place;
        private boolean ended;

        private Pages(Reach reach, Matches.Filter filter) {
            this.reach = reach;
            this.filter = filter;
        }

        Matches.@Nullable Part next() {
            if (ended) {
                return null;
            }
            Matches.Part part = matches.page(reach, filter, TimeOrder.NEWEST, place, PAGE);
            place = part.next();
            ended = place == null;
            return part;
        }
    }
}
