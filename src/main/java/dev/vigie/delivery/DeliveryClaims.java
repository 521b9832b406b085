package dev.vigie.delivery;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.vigie.match.IdOrder;
import dev.vigie.match.NameBasedId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Takes out of the outbox what a channel may say now, in its order. Where it may say less than
 * there is, what is left becomes one digest.
 */
@ApplicationScoped
class DeliveryClaims {

    private static final Duration HOUR = Duration.ofHours(1);

    /** Of the alerts that a channel may send in an hour, so many are kept for digests. */
    private static final int MOST_DIGESTS = 6;

    private static final int TENTH = 10;

    /** How many are put into a digest with one look. */
    private static final int CHUNK = 5_000;

    private final AlertMessages messages;
    private final AuthorisedAlerts authorised;
    private final Destinations destinations;
    private final DeliveryMarks marks;

    DeliveryClaims(
            AlertMessages messages,
            AuthorisedAlerts authorised,
            Destinations destinations,
            DeliveryMarks marks) {
        this.messages = messages;
        this.authorised = authorised;
        this.destinations = destinations;
        this.marks = marks;
    }

    /**
     * What somebody is about to send.
     *
     * @param token under which they hold it
     * @param attempts with this one
     */
    record Task(UUID id, UUID token, int attempts, Destination destination, AlertMessage message) {}

    /** The channels that have something to send. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    List<UUID> channels(Instant now) {
        return DueDeliveries.channels(now);
    }

    /** Claims up to so many deliveries of a channel, in a transaction of its own. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    List<Task> claim(UUID channelId, int most, Instant now, Duration lease) {
        Optional<ChannelTurn> turn = ChannelTurn.take(channelId);
        Channel channel = Channel.findById(channelId);
        if (turn.isEmpty() || channel == null) {
            return List.of();
        }
        if (channel.disabledAt != null) {
            marks.giveUpAll(channel);
            return List.of();
        }
        List<Delivery> due = due(channel, turn.get(), most, now);
        Set<UUID> needless = authorised.withNothingToTell(idsOfMatches(due));
        UUID token = UUID.randomUUID();
        List<Task> tasks = new ArrayList<>();
        for (Delivery delivery : due) {
            if (!channel.type.groups()) {
                delivery.split(now);
            }
            Optional<AlertMessage> message =
                    needless.contains(delivery.id)
                            ? Optional.empty()
                            : messages.of(delivery, channel);
            if (message.isEmpty()) {
                delivery.cancel();
            } else {
                delivery.lease(token, now, now.plus(lease));
                tasks.add(
                        new Task(
                                delivery.id,
                                token,
                                delivery.attempts,
                                destinations.of(channel, now),
                                message.get()));
            }
        }
        return tasks;
    }

    private static List<UUID> idsOfMatches(List<Delivery> due) {
        return due.stream()
                .filter(delivery -> delivery.type.equals(AlertMessage.MATCH_CREATED))
                .map(delivery -> delivery.id)
                .toList();
    }

    private List<Delivery> due(Channel channel, ChannelTurn turn, int most, Instant now) {
        var outbox = new DueDeliveries(channel.id, now);
        ChannelPolicy policy = channel.policy;
        ChannelPolicy.QuietHours quiet = policy.isQuietAt(now) ? policy.quietHours() : null;
        List<Delivery> due = new ArrayList<>(outbox.others(most, quiet != null));
        if (due.size() < most) {
            due.addAll(
                    quiet == null
                            ? outbox.triedMatches(most - due.size())
                            : outbox.triedMatches(most - due.size(), quiet.except()));
        }
        int room = most - due.size();
        if (room == 0) {
            return due;
        }
        int limit = policy.mostPerHour(channel.type);
        int digests = Math.clamp(limit / TENTH, 1, MOST_DIGESTS);
        long left =
                limit == 0
                        ? Long.MAX_VALUE
                        : Math.max(0, limit - digests - outbox.toldWithin(HOUR));
        int alone = (int) Math.min(room, left);
        if (quiet != null) {
            if (alone > 0) {
                due.addAll(outbox.newMatches(alone, quiet.except()));
            }
            return due;
        }
        List<Delivery> waiting = outbox.newMatches(Math.max(2, room));
        boolean together =
                waiting.size() > 1
                        && (policy.isDigest() || policy.isQuietAt(waiting.getFirst().readyAt));
        boolean storm =
                left == 0 && !waiting.isEmpty() && mayDigest(turn, HOUR.dividedBy(digests), now);
        if (together || storm) {
            due.add(digest(outbox, channel, turn, waiting.getFirst(), now));
        } else if (left > 0) {
            due.addAll(waiting.stream().limit(alone).toList());
        }
        return due;
    }

    private static boolean mayDigest(ChannelTurn turn, Duration apart, Instant now) {
        return turn.lastDigestAt == null || !turn.lastDigestAt.plus(apart).isAfter(now);
    }

    /**
     * Its id follows from what it tells of, so that what a crash takes back comes again as itself.
     */
    private static Delivery digest(
            DueDeliveries outbox, Channel channel, ChannelTurn turn, Delivery first, Instant now) {
        UUID id = NameBasedId.of(first.id, "digest".getBytes(US_ASCII));
        Delivery digest =
                Delivery.enqueue(
                        Delivery.count("id", id) == 0 ? id : UUID.randomUUID(),
                        channel.id,
                        AlertMessage.MATCH_DIGEST,
                        now);
        turn.lastDigestAt = now;
        Delivery.flush();
        for (List<UUID> ids = outbox.idsOfNewMatches(CHUNK);
                !ids.isEmpty();
                ids = outbox.idsOfNewMatches(CHUNK)) {
            for (List<UUID> chunk : IdOrder.chunks(ids)) {
                Delivery.update(
                        "status = DIGESTED, digestId = ?1 where id in ?2", digest.id, chunk);
            }
        }
        return digest;
    }
}
