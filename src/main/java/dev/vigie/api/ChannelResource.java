package dev.vigie.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.vigie.delivery.Channel;
import dev.vigie.delivery.ChannelType;
import dev.vigie.delivery.Channels;
import dev.vigie.delivery.Delivery;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
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
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Channels. Secrets go in, and out only once: in the answer that creates them. */
@Path("/api/v1/channels")
class ChannelResource {

    private final Channels channels;

    ChannelResource(Channels channels) {
        this.channels = channels;
    }

    /** The types that people may have. */
    enum Type {
        EMAIL,
        WEBHOOK;

        static Type of(ChannelType type) {
            return valueOf(type.name());
        }

        ChannelType inside() {
            return ChannelType.valueOf(name());
        }
    }

    /** E-mail has {@code to}, webhooks have {@code url} and may bring a {@code secret}. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Config(
            @Nullable List<@NotNull String> to,
            @Size(max = 2000) @Nullable String url,
            @Size(max = 200) @Nullable String secret) {}

    /**
     * A channel to be.
     *
     * @param operators whether incidents are told here; false if it is not said
     */
    record NewChannel(
            @NotBlank(message = "A channel needs a name.") @Size(max = 200) String name,
            @NotNull(message = "A channel needs a type: email or webhook.") Type type,
            @NotNull(message = "A channel needs a config.") @Valid Config config,
            @Nullable Boolean operators) {

        void applyTo(Channel channel) {
            boolean email = type == Type.EMAIL;
            if (email && (config.url() != null || config.secret() != null)) {
                throw new InvalidRequestException(
                        "config.url", "An e-mail channel has addresses in config.to only.");
            }
            if (!email && config.to() != null) {
                throw new InvalidRequestException(
                        "config.to", "A webhook has a URL and no addresses.");
            }
            channel.name = name;
            channel.type = type.inside();
            channel.recipients = config.to() == null ? List.of() : List.copyOf(config.to());
            channel.url = config.url();
            channel.operators = Boolean.TRUE.equals(operators);
            if (config.secret() != null || email) {
                channel.secret = config.secret();
            }
        }
    }

    /** A channel; {@code secret} only where it was just made. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ChannelView(
            UUID id,
            String name,
            Type type,
            Config config,
            boolean operators,
            Instant createdAt,
            @Nullable String secret) {

        static ChannelView of(Channel channel, @Nullable String secret) {
            boolean email = channel.type == ChannelType.EMAIL;
            return new ChannelView(
                    channel.id,
                    channel.name,
                    Type.of(channel.type),
                    new Config(email ? channel.recipients : null, channel.url, null),
                    channel.operators,
                    channel.createdAt,
                    secret);
        }
    }

    @GET
    public Page<ChannelView> list(@BeanParam @Valid Page.Request page) {
        return Page.of(
                Channel.page(page.afterId(), page.limit + 1),
                page.limit,
                channel -> Page.encode(channel.id.toString()),
                channel -> ChannelView.of(channel, null));
    }

    @POST
    public RestResponse<ChannelView> add(@NotNull @Valid NewChannel content) {
        var channel = new Channel();
        content.applyTo(channel);
        boolean made = channel.secret == null;
        channels.add(channel);
        return RestResponse.ResponseBuilder.<ChannelView>created(
                        URI.create("/api/v1/channels/" + channel.id))
                .entity(ChannelView.of(channel, made ? channel.secret : null))
                .build();
    }

    @GET
    @Path("/{id}")
    public ChannelView get(UUID id) {
        return ChannelView.of(Channel.ofUsers(id).orElseThrow(NotFoundException::new), null);
    }

    @PUT
    @Path("/{id}")
    public ChannelView change(UUID id, @NotNull @Valid NewChannel content) {
        var made = new AtomicBoolean();
        Channel channel =
                channels.change(
                        id,
                        c -> {
                            content.applyTo(c);
                            made.set(c.secret == null);
                        });
        if (channel == null) {
            throw new NotFoundException();
        }
        return ChannelView.of(channel, made.get() ? channel.secret : null);
    }

    @DELETE
    @Path("/{id}")
    public void delete(UUID id) {
        if (!channels.delete(id)) {
            throw new NotFoundException();
        }
    }

    @POST
    @Path("/{id}/test")
    public RestResponse<DeliveryResource.DeliveryView> test(UUID id) {
        Delivery delivery = channels.test(id);
        if (delivery == null) {
            throw new NotFoundException();
        }
        return DeliveryResource.accepted(delivery);
    }
}
