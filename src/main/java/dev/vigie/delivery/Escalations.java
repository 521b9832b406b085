package dev.vigie.delivery;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.vigie.database.Database;
import dev.vigie.match.Match;
import dev.vigie.match.NameBasedId;
import dev.vigie.watchlist.Watchlist;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Tells others of matches that nobody has decided about in the time that a watchlist gives. */
@ApplicationScoped
class Escalations {

    private static final int MOST_AT_ONCE = 200;

    private final Database database;
    private final Event<DeliveryRelay.Due> due;

    Escalations(Database database, Event<DeliveryRelay.Due> due) {
        this.database = database;
        this.due = due;
    }

    @Scheduled(every = "5s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void tick() {
        database.whenThere(() -> {
            Instant now = database.now();
            while (QuarkusTransaction.requiringNew().call(() -> escalate(now))) {
                due.fire(new DeliveryRelay.Due());
            }
        });
    }

    /** Whether there may be more. */
    private boolean escalate(Instant now) {
        List<Match> overdue = Match.toEscalate(now, MOST_AT_ONCE);
        for (Match match : overdue) {
            Watchlist watchlist = Watchlist.findById(match.watchlistId);
            if (match.escalate() && watchlist != null) {
                watchlist.escalationChannelIds.forEach(channel -> enqueue(match, channel, now));
            }
        }
        return overdue.size() == MOST_AT_ONCE;
    }

    private static void enqueue(Match match, UUID channelId, Instant now) {
        UUID id =
                NameBasedId.of(
                        match.id, (channelId + AlertMessage.MATCH_ESCALATED).getBytes(US_ASCII));
        if (Delivery.count("id", id) == 0) {
            Delivery.enqueue(id, channelId, AlertMessage.MATCH_ESCALATED, now).matchId = match.id;
        }
    }
}
