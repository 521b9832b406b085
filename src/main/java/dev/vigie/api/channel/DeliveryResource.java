package dev.vigie.api.channel;

import dev.vigie.access.May;
import dev.vigie.api.Caller;
import dev.vigie.api.Page;
import dev.vigie.api.Parse;
import dev.vigie.api.change.Change;
import dev.vigie.api.change.Shown;
import dev.vigie.delivery.Channels;
import dev.vigie.delivery.Delivery;
import dev.vigie.delivery.DeliveryStatus;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.net.URI;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** What was or is to be sent. */
@Tag(name = "Deliveries")
@RolesAllowed(May.SEE)
@Path("/api/v1/deliveries")
class DeliveryResource implements Shown {

    private final Channels channels;
    private final Caller caller;

    DeliveryResource(Channels channels, Caller caller) {
        this.caller = caller;
        this.channels = channels;
    }

    /**
     * A delivery.
     *
     * @param digestId the delivery that tells of it instead
     * @param nextAttemptAt null when there will be none
     */
    record DeliveryView(
            UUID id,
            @Nullable UUID matchId,
            @Nullable UUID incidentId,
            UUID channelId,
            @Nullable UUID digestId,
            String type,
            DeliveryStatus status,
            int attempts,
            Instant createdAt,
            @Nullable Instant nextAttemptAt,
            @Nullable Instant lastAttemptAt,
            @Nullable String lastError,
            @Nullable Instant deliveredAt) {

        static DeliveryView of(Delivery delivery) {
            return new DeliveryView(
                    delivery.id,
                    delivery.matchId,
                    delivery.incidentId,
                    delivery.channelId,
                    delivery.digestId,
                    delivery.type,
                    delivery.status,
                    delivery.attempts,
                    delivery.createdAt,
                    delivery.status == DeliveryStatus.PENDING ? delivery.dueAt : null,
                    delivery.lastAttemptAt,
                    delivery.lastError,
                    delivery.deliveredAt);
        }
    }

    /** Which deliveries. */
    static class Filter {

        @QueryParam("status")
        @Nullable String status;

        @QueryParam("channelId")
        @Nullable String channelId;

        @QueryParam("matchId")
        @Nullable String matchId;

        @QueryParam("incidentId")
        @Nullable String incidentId;

        Delivery.Filter parse() {
            return new Delivery.Filter(
                    Parse.choice(DeliveryStatus.class, "status", status),
                    Parse.id("channelId", channelId),
                    Parse.id("matchId", matchId),
                    Parse.id("incidentId", incidentId));
        }
    }

    @Operation(summary = "Lists what was or is to be sent, the newest first.")
    @GET
    public Page<DeliveryView> list(
            @BeanParam @Valid Filter filter, @BeanParam @Valid Page.TimeRequest page) {
        return Page.of(
                Delivery.page(
                        caller.reach(),
                        filter.parse(),
                        page.order(),
                        page.afterPlace(),
                        page.limit + 1),
                page.limit,
                delivery -> Page.cursor(delivery.createdAt, delivery.id),
                DeliveryView::of);
    }

    @Operation(summary = "Shows a delivery.")
    @GET
    @Path("/{id}")
    public DeliveryView get(UUID id) {
        return Delivery.ofUsers(caller.reach(), id)
                .map(DeliveryView::of)
                .orElseThrow(NotFoundException::new);
    }

    @Operation(summary = "Sends a delivery again, with the same id.")
    @Change
    @RolesAllowed(May.EDIT)
    @POST
    @Path("/{id}/retry")
    public RestResponse<DeliveryView> retry(UUID id) {
        Delivery delivery = channels.retry(caller.reach(), id);
        if (delivery == null) {
            throw new NotFoundException();
        }
        return accepted(delivery);
    }

    /** It will be sent; how it goes is to be seen at its own address. */
    static RestResponse<DeliveryView> accepted(Delivery delivery) {
        return RestResponse.ResponseBuilder.create(
                        RestResponse.Status.ACCEPTED, DeliveryView.of(delivery))
                .location(URI.create("/api/v1/deliveries/" + delivery.id))
                .build();
    }

    @Override
    public @Nullable Object shown(Object[] parameters) {
        return get((UUID) parameters[0]);
    }
}
