package dev.vigie.notify;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.vigie.delivery.AlertLinks;
import dev.vigie.delivery.AlertMessage;
import dev.vigie.delivery.ChannelType;
import dev.vigie.delivery.Destination;
import dev.vigie.delivery.Notifier.Outcome;
import dev.vigie.delivery.PlainLinks;
import dev.vigie.net.AddressGuard;
import dev.vigie.secret.Secret;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** All that webhooks are sent with, put together by hand. */
final class Hooks implements AutoCloseable {

    static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    static final HookPost.Patience PATIENT =
            new HookPost.Patience(Duration.ofSeconds(60), Duration.ofSeconds(60));
    static final HookPost.Patience IMPATIENT =
            new HookPost.Patience(Duration.ofMillis(400), Duration.ofMillis(200));
    static final AlertLinks LINKS = PlainLinks.of("https://vigie.example");
    static final AlertJson JSON =
            new AlertJson(
                    new ObjectMapper()
                            .registerModule(new JavaTimeModule())
                            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS),
                    LINKS);

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final HookAddress addresses;
    private final HookPost post;
    private final WebhookNotifier notifier;

    Hooks(HookSettings settings) {
        this(settings, PATIENT, InetAddress::getAllByName, InstantSource.system());
    }

    Hooks(
            HookSettings settings,
            HookPost.Patience patience,
            AddressGuard.Names names,
            InstantSource clock) {
        addresses = new HookAddress(settings, LINKS, names);
        post = new HookPost(vertx, addresses, new Trust(settings), settings, clock, patience);
        notifier = new WebhookNotifier(post, addresses, JSON, clock);
    }

    /** A webhook that leads there. */
    static Destination to(String url) {
        return to(url, null);
    }

    static Destination to(String url, @Nullable String formerSecret) {
        return new Destination(
                new UUID(0, 7),
                ChannelType.WEBHOOK,
                List.of(),
                url,
                new Secret(SECRET),
                formerSecret == null ? null : new Secret(formerSecret));
    }

    /** As when it is saved. */
    void check(String url) {
        notifier.check(to(url));
    }

    Outcome send(String url) {
        return send(url, SampleAlerts.test());
    }

    Outcome send(String url, AlertMessage message) {
        return send(to(url), message);
    }

    Outcome send(Destination destination, AlertMessage message) {
        return notifier.send(destination, message);
    }

    @Override
    public void close() {
        addresses.close();
        post.close();
        vertx.close();
    }
}
