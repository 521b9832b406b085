package dev.vigie.api.people;

import dev.vigie.access.May;
import dev.vigie.api.Caller;
import dev.vigie.api.Page;
import dev.vigie.api.Parse;
import dev.vigie.audit.AuditEntry;
import dev.vigie.audit.AuditTrail;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Who changed what. */
@Tag(name = "Access")
@RolesAllowed(May.ADMINISTER)
@Path("/api/v1/audit")
class AuditResource {

    private final AuditTrail trail;
    private final Caller caller;

    AuditResource(AuditTrail trail, Caller caller) {
        this.trail = trail;
        this.caller = caller;
    }

    /**
     * A change.
     *
     * @param teamId whose business it is; null if it is that of administrators of all teams
     * @param before what there was, as JSON in a string: the hash is over these characters
     * @param after what there is now
     * @param hash of this and the entry before, see the documentation
     */
    @Schema(name = "AuditEntry")
    record EntryView(
            long position,
            Instant at,
            String actor,
            String address,
            @Nullable UUID teamId,
            String action,
            String subject,
            @Nullable String before,
            @Nullable String after,
            String hash) {

        static EntryView of(AuditEntry entry) {
            return new EntryView(
                    entry.position,
                    entry.at,
                    entry.actor,
                    entry.address,
                    entry.teamId,
                    entry.action,
                    entry.subject,
                    entry.before,
                    entry.after,
                    entry.hash);
        }
    }

    /** Which changes. */
    static class Filter {
        @QueryParam("actor")
        @Size(max = 300)
        @Nullable String actor;

        @QueryParam("subject")
        @Size(max = 300)
        @Nullable String subject;

        @QueryParam("since")
        @Nullable String since;

        @QueryParam("until")
        @Nullable String until;

        AuditEntry.Filter parse() {
            return new AuditEntry.Filter(
                    Parse.text("actor", actor),
                    Parse.text("subject", subject),
                    Parse.instant("since", since),
                    Parse.instant("until", until));
        }
    }

    @Operation(
            summary = "Lists who changed what.",
            description = "Each entry has a hash over itself and the one before.")
    @GET
    public Page<EntryView> list(
            @BeanParam @Valid Filter filter, @BeanParam @Valid Page.TimeRequest page) {
        return Page.of(
                AuditEntry.page(
                        caller.reach(),
                        filter.parse(),
                        page.order(),
                        page.after == null ? null : page.afterNumber(),
                        page.limit + 1),
                page.limit,
                entry -> Page.encode(Long.toString(entry.position)),
                EntryView::of);
    }

    /** The last entry: whoever keeps its hash sees later whether anything before was changed. */
    @Operation(
            summary = "Shows the last entry of the audit.",
            description =
                    "Whoever keeps its hash elsewhere sees later whether anything before it "
                            + "was changed.")
    @RolesAllowed(May.OPERATE)
    @GET
    @Path("/head")
    public AuditTrail.Head head() {
        return trail.head();
    }
}
