package dev.vigie.monitor;

import dev.vigie.delivery.ChannelPolicy;
import dev.vigie.delivery.ChannelPolicyConverter;
import dev.vigie.delivery.ChannelType;
import dev.vigie.rule.Hit;
import dev.vigie.rule.RuleKind;
import dev.vigie.watchlist.Severity;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Whose the rules are that were hit, at the moment of recording. A rule that was deleted or
 * disabled since it was compiled has no owner any more. Internal rules are for internal logs, and
 * for no others.
 */
final class WatchedRules {

    private static final int CHUNK = 500;

    private final Map<UUID, Owner> owners = new HashMap<>();

    /** A channel. */
    record Target(UUID channelId, ChannelType type, ChannelPolicy policy) {}

    /**
     * The watchlist of a rule, and where its alerts go.
     *
     * @param grace how long they wait before
     * @param escalation after how long others are told of what nobody has decided about; null if
     *     never
     */
    record Owner(
            UUID watchlistId,
            String watchlist,
            String pattern,
            Severity severity,
            RuleKind kind,
            boolean internal,
            Duration grace,
            @Nullable Duration escalation,
            List<Target> targets) {}

    private WatchedRules() {}

    static WatchedRules load(Connection connection, String logId, List<EntryHit> entries)
            throws SQLException {
        Set<UUID> ids = new LinkedHashSet<>();
        entries.forEach(entry -> entry.hits().forEach(hit -> ids.add(hit.ruleId())));
        var rules = new WatchedRules();
        List<UUID> all = new ArrayList<>(ids);
        for (int from = 0; from < all.size(); from += CHUNK) {
            rules.add(connection, logId, all.subList(from, Math.min(all.size(), from + CHUNK)));
        }
        return rules;
    }

    private void add(Connection connection, String logId, List<UUID> chunk) throws SQLException {
        String sql =
                """
                select r.id, r.severity, r.kind, r.pattern, w.id, w.name, w.internal,
                    w.grace_seconds, c.id, c.type, c.policy, w.escalate_seconds
                from watch_rule r
                join watchlist w on w.id = r.watchlist_id
                join followed_log l on l.internal = w.internal
                left join watchlist_channel t on t.watchlist_id = w.id
                left join channel c on c.id = t.channel_id
                where l.log_id = ? and r.enabled and w.enabled and r.id in (%s)
                """
                        .formatted("?,".repeat(chunk.size() - 1) + "?");
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, logId);
            for (int i = 0; i < chunk.size(); i++) {
                select.setObject(i + 2, chunk.get(i));
            }
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    add(row);
                }
            }
        }
    }

    private void add(ResultSet row) throws SQLException {
        UUID id = row.getObject(1, UUID.class);
        Owner owner = owners.get(id);
        if (owner == null) {
            owner =
                    new Owner(
                            row.getObject(5, UUID.class),
                            row.getString(6),
                            row.getString(4),
                            Severity.valueOf(row.getString(2)),
                            RuleKind.valueOf(row.getString(3)),
                            row.getBoolean(7),
                            Duration.ofSeconds(row.getInt(8)),
                            row.getInt(12) == 0 ? null : Duration.ofSeconds(row.getInt(12)),
                            new ArrayList<>());
            owners.put(id, owner);
        }
        UUID channel = row.getObject(9, UUID.class);
        if (channel != null) {
            owner.targets()
                    .add(
                            new Target(
                                    channel,
                                    ChannelType.valueOf(row.getString(10)),
                                    ChannelPolicyConverter.read(row.getString(11))));
        }
    }

    boolean isWatched(Hit hit) {
        return owners.containsKey(hit.ruleId());
    }

    Owner of(Hit hit) {
        Owner owner = owners.get(hit.ruleId());
        if (owner == null) {
            throw new IllegalArgumentException("nobody watches " + hit.ruleId());
        }
        return owner;
    }
}
