package dev.vigie.monitor;

import dev.vigie.match.NameBasedId;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Puts alerts about new matches into the outbox. What people are to read about one registrable
 * domain goes into one delivery as long as that waits.
 */
final class NewAlerts {

    /** Further groups begin anew; they would be alerts by the thousand anyway. */
    private static final int MOST_GROUPS = 10_000;

    private final Connection connection;
    private final Instant now;
    private final List<FindingTables.NewDelivery> deliveries = new ArrayList<>();
    private final List<FindingTables.FurtherMatch> further = new ArrayList<>();

    NewAlerts(Connection connection, Instant now) {
        this.connection = connection;
        this.now = now;
    }

    /** Writes the alerts about matches, in their order; nobody is told of authorised ones. */
    void write(List<NewMatch> matches, FindingTables tables) throws SQLException {
        List<NewMatch> told = matches.stream().filter(m -> !m.isAuthorised()).toList();
        Map<UUID, UUID> open = waiting(groups(told));
        for (NewMatch match : told) {
            for (WatchedRules.Target target : match.targets()) {
                add(match, target, open);
            }
        }
        tables.insertDeliveries(deliveries);
        tables.insertFurtherMatches(further);
    }

    private void add(NewMatch match, WatchedRules.Target target, Map<UUID, UUID> open) {
        UUID id = NameBasedId.of(match.id(), target.channelId());
        UUID group = target.type().groups() ? group(match, target) : null;
        UUID first = group == null ? id : open.computeIfAbsent(group, g -> id);
        if (first.equals(id)) {
            Instant ready = now.plus(match.owner().grace());
            deliveries.add(
                    new FindingTables.NewDelivery(
                            id,
                            match.id(),
                            target.channelId(),
                            group,
                            ready,
                            target.policy().due(ready)));
        } else {
            further.add(new FindingTables.FurtherMatch(first, match.id()));
        }
    }

    private static UUID group(NewMatch match, WatchedRules.Target target) {
        return NameBasedId.of(
                NameBasedId.of(match.owner().watchlistId(), target.channelId()),
                match.registrableDomain().getBytes(StandardCharsets.UTF_8));
    }

    private static TreeSet<UUID> groups(List<NewMatch> matches) {
        var groups = new TreeSet<UUID>();
        for (NewMatch match : matches) {
            for (WatchedRules.Target target : match.targets()) {
                if (target.type().groups() && groups.size() < MOST_GROUPS) {
                    groups.add(group(match, target));
                }
            }
        }
        return groups;
    }

    /**
     * For each group the delivery that was never tried, which nobody sends before this transaction
     * is over. Locked in the order of their ids, so that nobody waits in a circle.
     */
    private Map<UUID, UUID> waiting(TreeSet<UUID> groups) throws SQLException {
        Map<UUID, UUID> waiting = new HashMap<>();
        if (groups.isEmpty()) {
            return waiting;
        }
        String sql =
                """
                select id, group_id from delivery
                where group_id in (%s) and status = 'PENDING' and attempts = 0
                    and lease_token is null and last_attempt_at is null
                order by id for update
                """
                        .formatted("?,".repeat(groups.size() - 1) + "?");
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            int column = 1;
            for (UUID group : groups) {
                select.setObject(column++, group);
            }
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    waiting.putIfAbsent(row.getObject(2, UUID.class), row.getObject(1, UUID.class));
                }
            }
        }
        return waiting;
    }
}
