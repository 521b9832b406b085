package dev.vigie.api.channel;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.vigie.access.May;
import dev.vigie.api.Caller;
import dev.vigie.api.InvalidRequestException;
import dev.vigie.api.Page;
import dev.vigie.api.change.Change;
import dev.vigie.api.change.Shown;
import dev.vigie.api.change.Versioned;
import dev.vigie.delivery.Channel;
import dev.vigie.delivery.Channels;
import dev.vigie.delivery.Delivery;
import dev.vigie.delivery.Recipients;
import dev.vigie.secret.Secret;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Channels. Secrets go in, and out only once: in the answer that makes them. */
@Tag(name = "Channels")
@RolesAllowed(May.SEE)
@Path("/api/v1/channels")
class ChannelResource implements Shown {

    private static final Duration USUAL_OVERLAP = Duration.ofDays(1);
    private static final Duration LONGEST_OVERLAP = Duration.ofDays(30);

    private final Channels channels;
    private final Recipients recipients;
    private final Caller caller;

    ChannelResource(Channels channels, Recipients recipients, Caller caller) {
        this.caller = caller;
        this.channels = channels;
        this.recipients = recipients;
    }

    /**
     * A channel.
     *
     * @param unconfirmed addresses whose owners have not yet said that they want alerts
     * @param disabledAt since when nothing is sent, since the receiver wants nothing more
     * @param formerSecretUntil until when what is sent is signed with the former secret, too
     * @param secret only where it was just made
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ChannelView(
            UUID id,
            UUID teamId,
            String name,
            ChannelBody.Type type,
            ChannelBody.Config config,
            @Nullable List<String> unconfirmed,
            boolean operators,
            ChannelPolicyBody policy,
            @Nullable Instant disabledAt,
            @Nullable String disabledBecause,
            Instant createdAt,
            @Nullable Instant formerSecretUntil,
            @Nullable String secret) {}

    /** How a secret is replaced. */
    record Rotation(
            @Schema(
                            description = "How long both secrets are good, at most 30 days.",
                            examples = "PT24H")
                    @Size(max = 40)
                    @Nullable String overlap) {

        Duration time() {
            try {
                Duration time = overlap == null ? USUAL_OVERLAP : Duration.parse(overlap);
                if (!time.isNegative() && time.compareTo(LONGEST_OVERLAP) <= 0) {
                    return time;
                }
            } catch (DateTimeException e) {
                // said below
            }
            throw new InvalidRequestException(
                    "overlap", "It must be a time such as PT24H, at most P30D.");
        }
    }

    private ChannelView view(Channel channel, @Nullable Secret secret) {
        ChannelBody.Type type = ChannelBody.Type.of(channel.type);
        List<String> unconfirmed = recipients.unconfirmed(channel.id);
        return new ChannelView(
                channel.id,
                channel.teamId,
                channel.name,
                type,
                ChannelBody.Config.shown(type, channel.recipients, channel.url),
                unconfirmed.isEmpty() ? null : unconfirmed,
                channel.operators,
                ChannelPolicyBody.of(channel.policy),
                channel.disabledAt,
                channel.disabledBecause,
                channel.createdAt,
                channel.formerSecretUntil,
                secret == null ? null : secret.reveal());
    }

    @Operation(summary = "Lists channels, the oldest first.")
    @GET
    public Page<ChannelView> list(@BeanParam @Valid Page.Request page) {
        return Page.of(
                Channel.page(caller.reach(), page.afterId(), page.limit + 1),
                page.limit,
                channel -> Page.encode(channel.id.toString()),
                channel -> view(channel, null));
    }

    @Operation(
            summary = "Adds a channel.",
            description =
                    "A webhook without a secret is given one, which this answer alone " + "shows.")
    @Change(creates = true)
    @Versioned
    @RolesAllowed(May.EDIT)
    @POST
    public RestResponse<ChannelView> add(@NotNull @Valid ChannelBody content) {
        Channels.Changed added =
                channels.add(content.draft(caller.teamFor(content.teamId()), caller));
        return RestResponse.ResponseBuilder.<ChannelView>created(
                        URI.create("/api/v1/channels/" + added.channel().id))
                .entity(view(added.channel(), added.madeSecret()))
                .build();
    }

    @Operation(summary = "Shows a channel, without its secrets.")
    @Versioned
    @GET
    @Path("/{id}")
    public ChannelView get(UUID id) {
        return view(existing(id), null);
    }

    private Channel existing(UUID id) {
        return Channel.ofUsers(caller.reach(), id).orElseThrow(NotFoundException::new);
    }

    @Operation(
            summary = "Replaces a channel, and turns it on again if it was off.",
            description = "A secret that is left out is kept.")
    @Change(replaces = true)
    @Versioned
    @RolesAllowed(May.EDIT)
    @PUT
    @Path("/{id}")
    public ChannelView change(UUID id, @NotNull @Valid ChannelBody content) {
        UUID team = existing(id).teamId;
        if (content.teamId() != null && !content.teamId().equals(team)) {
            throw new InvalidRequestException("teamId", "A channel stays with its team.");
        }
        return view(channels.change(caller.reach(), id, content.draft(team, caller)));
    }

    /** Gives a webhook another secret, which is shown in this answer alone. */
    @Operation(
            summary = "Gives a webhook another secret, which this answer alone shows.",
            description = "Until the overlap is over, requests are signed with both.")
    @Change
    @Versioned
    @RolesAllowed(May.EDIT)
    @POST
    @Path("/{id}/rotate-secret")
    public ChannelView rotateSecret(UUID id, @Valid @Nullable Rotation rotation) {
        Duration overlap = rotation == null ? USUAL_OVERLAP : rotation.time();
        return view(channels.rotateSecret(caller.reach(), id, overlap));
    }

    private ChannelView view(Channels.@Nullable Changed changed) {
        if (changed == null) {
            throw new NotFoundException();
        }
        return view(changed.channel(), changed.madeSecret());
    }

    @Operation(summary = "Deletes a channel that no watchlist uses.")
    @Change
    @RolesAllowed(May.EDIT)
    @DELETE
    @Path("/{id}")
    public void delete(UUID id) {
        if (!channels.delete(caller.reach(), id)) {
            throw new NotFoundException();
        }
    }

    @Operation(
            summary = "Sends a test through a channel.",
            description = "The answer names the delivery, at which can be seen how it went.")
    @Change
    @RolesAllowed(May.EDIT)
    @POST
    @Path("/{id}/test")
    public RestResponse<DeliveryResource.DeliveryView> test(UUID id) {
        Delivery delivery = channels.test(caller.reach(), id);
        if (delivery == null) {
            throw new NotFoundException();
        }
        return DeliveryResource.accepted(delivery);
    }

    @Override
    public @Nullable Object shown(Object[] parameters) {
        return get((UUID) parameters[0]);
    }
}
