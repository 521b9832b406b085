package dev.vigie.api.rule;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.vigie.access.May;
import dev.vigie.api.Caller;
import dev.vigie.api.InvalidRequestException;
import dev.vigie.api.change.Change;
import dev.vigie.api.guard.BodyLimit;
import dev.vigie.api.watchlist.WatchlistResource;
import dev.vigie.dns.InertName;
import dev.vigie.watchlist.CertspotterList;
import dev.vigie.watchlist.RuleDraft;
import dev.vigie.watchlist.Watchlists;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validator;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Many rules at once: all of them or, if one cannot be understood, none. */
@Tag(name = "Rules")
@RolesAllowed(May.EDIT)
@Path("/api/v1/watchlists/{watchlistId}/rules/import")
class RuleImportResource {

    /** One operation to whoever reads the description, with three kinds of bodies. */
    private static final String SUMMARY = "Adds many rules at once, or none.";

    private static final String DESCRIPTION =
            "As certspotter's watch list (text/plain), CSV or JSON. Rules that mean the same as"
                    + " one that is there change nothing.";

    /** In bytes; the server reads no more of any request. */
    private static final int MOST = 1 << 24;

    /** Spreadsheets write it at the beginning of a file. */
    private static final String BYTE_ORDER_MARK = "\ufeff";

    private final Watchlists watchlists;
    private final CsvRules csv;
    private final JsonRules json;
    private final Validator validator;
    private final Caller caller;

    RuleImportResource(
            Watchlists watchlists,
            CsvRules csv,
            JsonRules json,
            Validator validator,
            Caller caller) {
        this.caller = caller;
        this.watchlists = watchlists;
        this.csv = csv;
        this.json = json;
        this.validator = validator;
    }

    @Operation(summary = SUMMARY, description = DESCRIPTION)
    @BodyLimit(MOST)
    @Change
    @POST
    @Consumes(MediaType.TEXT_PLAIN)
    public Watchlists.Imported certspotter(UUID watchlistId, String body) {
        WatchlistResource.existing(caller, watchlistId);
        return watchlists.importRules(watchlistId, CertspotterList.read(text(body)));
    }

    @Operation(summary = SUMMARY, description = DESCRIPTION)
    @BodyLimit(MOST)
    @Change
    @POST
    @Consumes("text/csv")
    public Watchlists.Imported csv(UUID watchlistId, String body) {
        WatchlistResource.existing(caller, watchlistId);
        return add(watchlistId, csv.read(text(body)));
    }

    @Operation(summary = SUMMARY, description = DESCRIPTION)
    @BodyLimit(MOST)
    @Change
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Watchlists.Imported json(UUID watchlistId, String body) throws JsonProcessingException {
        WatchlistResource.existing(caller, watchlistId);
        return add(watchlistId, json.read(text(body)));
    }

    private static String text(String body) {
        if (body.indexOf('\0') >= 0) {
            throw new InvalidRequestException(
                    "body", "This is no text: %s".formatted(InertName.of(body).text()));
        }
        return body.startsWith(BYTE_ORDER_MARK) ? body.substring(1) : body;
    }

    private Watchlists.Imported add(UUID watchlistId, List<NumberedRule> rules) {
        return watchlists.importRules(watchlistId, rules.stream().map(this::draft).toList());
    }

    private RuleDraft draft(NumberedRule numbered) {
        validator.validate(numbered.rule()).stream()
                .min(Comparator.comparing(v -> v.getPropertyPath().toString()))
                .ifPresent(violation -> {
                    throw refusal(numbered.place(), violation);
                });
        return new RuleDraft(numbered.place(), numbered.rule()::applyTo);
    }

    private static InvalidRequestException refusal(
            String place, ConstraintViolation<RuleResource.NewRule> violation) {
        return new InvalidRequestException(
                violation.getPropertyPath().toString(),
                "%s: %s".formatted(place, violation.getMessage()));
    }
}
