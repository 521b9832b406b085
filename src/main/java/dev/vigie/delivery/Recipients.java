package dev.vigie.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.vigie.secret.SecretBox;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.transaction.Transactional;
import java.net.URI;
import java.net.URLEncoder;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Knows whether mails may be sent to an address. Those in the own domains are the operator's
 * business; anybody else has to say so first, so that nobody is bombed with mail by this service.
 */
@ApplicationScoped
@Transactional
public class Recipients {

    private static final int MOST_REQUESTS = 5;
    private static final Duration BETWEEN_REQUESTS = Duration.ofHours(1);

    private final Set<String> ownDomains;
    private final SecretBox box;
    private final AlertLinks links;
    private final Event<DeliveryRelay.Wanted> wanted;
    private final InstantSource clock;

    Recipients(
            @ConfigProperty(name = "vigie.mail.own-domains") Optional<List<String>> ownDomains,
            @ConfigProperty(name = "quarkus.mailer.from") String sender,
            SecretBox box,
            AlertLinks links,
            Event<DeliveryRelay.Wanted> wanted,
            InstantSource clock) {
        this.ownDomains = new HashSet<>();
        ownDomains
                .orElse(List.of(domain(sender.replace(">", ""))))
                .forEach(domain -> this.ownDomains.add(domain.toLowerCase(Locale.ROOT)));
        this.box = box;
        this.links = links;
        this.wanted = wanted;
        this.clock = clock;
    }

    private static String domain(String address) {
        return address.substring(address.lastIndexOf('@') + 1).strip().toLowerCase(Locale.ROOT);
    }

    private boolean isOwn(String address) {
        return ownDomains.contains("*") || ownDomains.contains(domain(address));
    }

    /** Asks those addresses of a channel that are new in it. */
    void changed(Channel channel, List<String> before) {
        UnconfirmedRecipient.of(channel.id).stream()
                .filter(recipient -> !channel.recipients.contains(recipient.address))
                .forEach(UnconfirmedRecipient::delete);
        for (String address : channel.recipients) {
            if (!before.contains(address) && !isOwn(address)) {
                var recipient = new UnconfirmedRecipient();
                recipient.channelId = channel.id;
                recipient.address = address;
                recipient.nonce = UUID.randomUUID();
                ask(recipient);
                recipient.persist();
            }
        }
    }

    /** Asks once more, if that is not too often. */
    void askAgain(UUID channelId) {
        for (UnconfirmedRecipient recipient : UnconfirmedRecipient.of(channelId)) {
            if (recipient.asked < MOST_REQUESTS
                    && !recipient.askedAt.plus(BETWEEN_REQUESTS).isAfter(clock.instant())) {
                ask(recipient);
            }
        }
    }

    /** Not more often in a day than one channel may ask at all, however many channels ask. */
    private void ask(UnconfirmedRecipient recipient) {
        recipient.askedAt = clock.instant();
        if (!AskedAddress.note(recipient.address, MOST_REQUESTS, clock)) {
            return;
        }
        recipient.asked++;
        Delivery.enqueue(
                                UUID.randomUUID(),
                                recipient.channelId,
                                AlertMessage.CHANNEL_CONFIRMATION,
                                clock.instant())
                        .recipient =
                recipient.address;
    }

    /** The addresses of a channel whose owners have not answered yet. */
    public List<String> unconfirmed(UUID channelId) {
        return UnconfirmedRecipient.addresses(channelId);
    }

    /** What the owner of an address is asked; empty if there is nothing to ask any more. */
    Optional<AlertContent> confirmation(Delivery delivery) {
        String address = String.valueOf(delivery.recipient);
        return UnconfirmedRecipient.of(delivery.channelId, address)
                .map(recipient ->
                        new AlertContent.Confirmation(
                                address,
                                URI.create(
                                        links.base()
                                                + "/confirm?channel=%s&address=%s&code=%s"
                                                        .formatted(
                                                                recipient.channelId,
                                                                URLEncoder.encode(address, UTF_8),
                                                                code(recipient)))));
    }

    /** Whether a link that somebody has is good, and not yet used. */
    public boolean canConfirm(UUID channelId, String address, String code) {
        return find(channelId, address, code).isPresent();
    }

    /** Lets alerts be sent to an address; false if the link was not good. */
    public boolean confirm(UUID channelId, String address, String code) {
        Optional<UnconfirmedRecipient> recipient = find(channelId, address, code);
        recipient.ifPresent(asked -> {
            asked.delete();
            Delivery.tryAgain(channelId, false);
            wanted.fire(new DeliveryRelay.Wanted(channelId));
        });
        return recipient.isPresent();
    }

    private Optional<UnconfirmedRecipient> find(UUID channelId, String address, String code) {
        return UnconfirmedRecipient.of(channelId, address)
                .filter(recipient -> box.isCode(purpose(recipient), code));
    }

    private String code(UnconfirmedRecipient recipient) {
        return box.code(purpose(recipient));
    }

    private static String purpose(UnconfirmedRecipient recipient) {
        return "confirm " + recipient.nonce;
    }
}
