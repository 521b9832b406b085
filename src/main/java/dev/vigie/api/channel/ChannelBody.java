package dev.vigie.api.channel;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.vigie.api.Caller;
import dev.vigie.api.InvalidRequestException;
import dev.vigie.api.Parse;
import dev.vigie.delivery.ChannelType;
import dev.vigie.delivery.Channels;
import dev.vigie.secret.Secret;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A channel to be.
 *
 * @param operators whether incidents are told here; false if it is not said
 */
record ChannelBody(
        @Schema(description = "Your own team without it; a channel stays with its team.")
                @Nullable UUID teamId,
        @NotBlank(message = "A channel needs a name.") @Size(max = 200) String name,
        @NotNull(
                        message =
                                "A channel needs a type: email, webhook, slack, teams, mattermost,"
                                        + " discord, syslog or kafka.")
                Type type,
        @NotNull(message = "A channel needs a config.") @Valid Config config,
        @Nullable Boolean operators,
        @Valid @Nullable ChannelPolicyBody policy) {

    private static final String KAFKA = "kafka:";

    /** The types that people may have. */
    @Schema(name = "ChannelType")
    enum Type {
        EMAIL,
        WEBHOOK,
        SLACK,
        TEAMS,
        MATTERMOST,
        DISCORD,
        SYSLOG,
        KAFKA;

        static Type of(ChannelType type) {
            return valueOf(type.name());
        }

        ChannelType inside() {
            return ChannelType.valueOf(name());
        }

        boolean isChat() {
            return switch (this) {
                case SLACK, TEAMS, MATTERMOST, DISCORD -> true;
                case EMAIL, WEBHOOK, SYSLOG, KAFKA -> false;
            };
        }
    }

    /**
     * E-mail has {@code to}, Kafka {@code topic}, all others {@code url}; webhooks may bring a
     * {@code secret}.
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "ChannelConfig")
    record Config(
            @Schema(description = "E-mail addresses. Foreign ones have to confirm first.")
                    @Nullable List<@NotNull String> to,
            @Schema(
                            description =
                                    "Of a chat it is a secret: only its host is shown afterwards,"
                                            + " and a change without it keeps what there is.")
                    @Size(max = 2000)
                    @Nullable String url,
            @Size(max = 200) @Nullable String secret,
            @Size(max = 249) @Nullable String topic) {

        static Config shown(Type type, List<String> to, @Nullable String url) {
            boolean kafka = type == Type.KAFKA;
            return new Config(
                    type == Type.EMAIL ? to : null,
                    kafka ? null : url,
                    null,
                    kafka ? String.valueOf(url).substring(KAFKA.length()) : null);
        }
    }

    Channels.Draft draft(UUID team, Caller caller) {
        if (Boolean.TRUE.equals(operators) && !caller.operates()) {
            throw new InvalidRequestException(
                    "operators", "Only an administrator of all teams may have incidents told.");
        }
        refuseOthers("to", config.to(), type == Type.EMAIL);
        refuseOthers("url", config.url(), type != Type.EMAIL && type != Type.KAFKA);
        refuseOthers("secret", config.secret(), type == Type.WEBHOOK);
        refuseOthers("topic", config.topic(), type == Type.KAFKA);
        return new Channels.Draft(
                team,
                name,
                type.inside(),
                config.to() == null ? List.of() : config.to().stream().distinct().toList(),
                url(),
                secret(),
                Boolean.TRUE.equals(operators),
                ChannelPolicyBody.read(policy));
    }

    private void refuseOthers(String field, @Nullable Object value, boolean belongs) {
        if (value != null && !belongs) {
            throw new InvalidRequestException(
                    "config." + field,
                    "A channel of type %s has none.".formatted(Parse.shown(type)));
        }
    }

    private @Nullable Secret secret() {
        String secret = type.isChat() && !isShown(config.url()) ? config.url() : config.secret();
        return secret == null ? null : new Secret(secret);
    }

    private @Nullable String url() {
        if (type == Type.KAFKA) {
            return config.topic() == null ? null : KAFKA + config.topic();
        }
        if (!type.isChat() || config.url() == null || isShown(config.url())) {
            return type.isChat() ? null : config.url();
        }
        return host(config.url());
    }

    /** Whether it is what was shown of a secret URL, and not the URL. */
    private static boolean isShown(@Nullable String url) {
        return url != null && url.endsWith("/…");
    }

    private static String host(String url) {
        try {
            URI uri = URI.create(url);
            return "%s://%s/…".formatted(uri.getScheme(), uri.getAuthority());
        } catch (IllegalArgumentException e) {
            throw new InvalidRequestException("config.url", "This is no URL.");
        }
    }
}
