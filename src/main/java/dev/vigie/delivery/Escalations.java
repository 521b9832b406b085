package dev.vigie.delivery;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.vigie.database.Database;
import dev.vigie.match.Match;
import dev.vigie.match.NameBasedId;
import dev.vigie.watchlist.Watchlist;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** Tells others of matches that nobody has decided about in the time that a watchlist gives. */
@ApplicationScoped
class Escalations {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final int MOST_AT_ONCE = 1_000;

    private final Database database;

    Escalations(Database database) {
        this.database = database;
    }

    @Scheduled(every = "5s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void tick() {
        database.whenThere(() -> {
            Instant now = database.now();
            boolean more;
            do {
                more = QuarkusTransaction.requiringNew().call(() -> escalate(now));
            } while (more);
        });
    }

    /** Whether there may be more. */
    private static boolean escalate(Instant now) {
        List<Match> overdue = Match.toEscalate(now, MOST_AT_ONCE);
        Map<UUID, List<UUID>> told = new TreeMap<>();
        for (Match match : overdue) {
            Watchlist watchlist = Watchlist.findById(match.watchlistId);
            if (match.escalate() && watchlist != null) {
                watchlist.escalationChannelIds.forEach(channel ->
                        told.computeIfAbsent(channel, c -> new ArrayList<>()).add(match.id));
            }
        }
        told.forEach((channel, matches) -> enqueue(channel, matches, now));
        return overdue.size() == MOST_AT_ONCE;
    }

    /** What would be more than the channel takes in an hour is told as a digest. */
    private static void enqueue(UUID channelId, List<UUID> matches, Instant now) {
        long left = left(channelId, now);
        UUID digestId = matches.size() > left ? digest(channelId, matches.getFirst(), now) : null;
        for (UUID match : matches) {
            UUID id = idOf(match, channelId);
            if (Delivery.count("id", id) == 0) {
                Delivery delivery =
                        Delivery.enqueue(id, channelId, AlertMessage.MATCH_ESCALATED, now);
                delivery.matchId = match;
                if (digestId != null) {
                    delivery.status = DeliveryStatus.DIGESTED;
                    delivery.digestId = digestId;
                }
            }
        }
    }

    private static long left(UUID channelId, Instant now) {
        Channel channel = Channel.findById(channelId);
        int limit = channel == null ? 0 : channel.policy.mostPerHour(channel.type);
        return limit == 0
                ? Long.MAX_VALUE
                : limit
                        - Delivery.count(
                                "channelId = ?1 and type = ?2 and status <> ?3 and createdAt > ?4",
                                channelId,
                                AlertMessage.MATCH_ESCALATED,
                                DeliveryStatus.DIGESTED,
                                now.minus(HOUR));
    }

    /** One that waits, if there is any, takes these, too. */
    private static UUID digest(UUID channelId, UUID first, Instant now) {
        UUID waiting = DueDeliveries.lockUntriedDigest(channelId);
        if (waiting != null) {
            return waiting;
        }
        UUID id = NameBasedId.of(idOf(first, channelId), "digest".getBytes(US_ASCII));
        return Delivery.enqueue(id, channelId, AlertMessage.MATCH_DIGEST, now).id;
    }

    private static UUID idOf(UUID match, UUID channelId) {
        return NameBasedId.of(match, (channelId + AlertMessage.MATCH_ESCALATED).getBytes(US_ASCII));
    }
}
