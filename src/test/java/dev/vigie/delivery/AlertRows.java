package dev.vigie.delivery;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.vigie.hash.Sha256;
import dev.vigie.incident.IncidentKind;
import dev.vigie.match.Match;
import dev.vigie.match.NameBasedId;
import dev.vigie.watchlist.Severity;
import io.agroal.api.AgroalDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Writes what the recorder would write, many rows at once, and takes it away again. */
final class AlertRows {

    private static final int BATCH = 1_000;

    private final AgroalDataSource dataSource;
    private final List<UUID> channels = new ArrayList<>();
    private final List<UUID> watchlists = new ArrayList<>();

    AlertRows(AgroalDataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** A match of a watchlist that need not be there. */
    record NewMatch(
            UUID id, UUID watchlistId, UUID ruleId, Sha256 tbs, Severity severity, Instant seen) {}

    /** An alert about a match. */
    record NewAlert(UUID id, UUID matchId, UUID channelId, Instant ready, Instant due) {}

    /** The id that the alert about a match has on a channel. */
    static UUID alertId(UUID matchId, UUID channelId) {
        return NameBasedId.of(matchId, channelId.toString().getBytes(US_ASCII));
    }

    /** A channel without a secret and without anybody who uses it. */
    UUID channel(ChannelType type, ChannelPolicy policy) {
        UUID id = UUID.randomUUID();
        update(
                "insert into channel (id, name, type, recipients, created_at, version, policy)"
                        + " values (?, ?, ?, '[]', current_timestamp, 0, ?)",
                id,
                "channel " + id,
                type.name(),
                new ChannelPolicyConverter().convertToDatabaseColumn(policy));
        update("insert into channel_turn (channel_id) values (?)", id);
        channels.add(id);
        return id;
    }

    /** A channel that somebody else has added goes away with the others. */
    UUID adopt(String channel) {
        UUID id = UUID.fromString(channel);
        channels.add(id);
        return id;
    }

    /** So many matches of one rule that were seen at once, each of another issuance. */
    List<NewMatch> matches(int count, Severity severity, Instant seen) {
        UUID watchlist = UUID.randomUUID();
        return matches(watchlist, UUID.randomUUID(), count, severity, seen);
    }

    /** So many matches of a rule, each of another issuance. */
    List<NewMatch> matches(UUID watchlist, UUID rule, int count, Severity severity, Instant seen) {
        List<NewMatch> matches = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Sha256 tbs = Sha256.hash((rule + " " + i).getBytes(US_ASCII));
            matches.add(new NewMatch(Match.idOf(rule, tbs), watchlist, rule, tbs, severity, seen));
        }
        insertAll(
                "insert into rule_match (id, watchlist_id, rule_id, tbs_sha256, names, name_count,"
                        + " reasons, severity, status, first_seen, proven, rule_set_version,"
                        + " version, registrable_domain) values (?, ?, ?, ?, '[\"a.storm.example\"]',"
                        + " 1, '[\"storm\"]', ?, 'NEW', ?, false, 1, 0, 'storm.example')",
                matches,
                match ->
                        new Object[] {
                            match.id(),
                            match.watchlistId(),
                            match.ruleId(),
                            match.tbs().bytes(),
                            match.severity().name(),
                            utc(match.seen())
                        });
        watchlists.add(watchlist);
        return matches;
    }

    /** Alerts about these matches that are due when they were seen. */
    List<NewAlert> alerts(UUID channel, List<NewMatch> matches) {
        List<NewAlert> alerts =
                matches.stream()
                        .map(match ->
                                new NewAlert(
                                        alertId(match.id(), channel),
                                        match.id(),
                                        channel,
                                        match.seen(),
                                        match.seen()))
                        .toList();
        insert(alerts);
        return alerts;
    }

    void insert(List<NewAlert> alerts) {
        try (Connection connection = insertWithoutCommit(alerts)) {
            connection.commit();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Nobody else sees them until the connection is told to commit. */
    Connection insertWithoutCommit(List<NewAlert> alerts) {
        return insert(
                "insert into delivery (id, match_id, channel_id, type, status, attempts,"
                        + " created_at, ready_at, due_at)"
                        + " values (?, ?, ?, 'match.created', 'PENDING', 0, ?, ?, ?)",
                alerts,
                alert ->
                        new Object[] {
                            alert.id(),
                            alert.matchId(),
                            alert.channelId(),
                            utc(alert.ready()),
                            utc(alert.ready()),
                            utc(alert.due())
                        });
    }

    /** An alert tells of further matches. */
    void addTo(NewAlert alert, List<NewMatch> further) {
        update("update delivery set group_id = ? where id = ?", UUID.randomUUID(), alert.id());
        insertAll(
                "insert into delivery_match (delivery_id, match_id) values (?, ?)",
                further,
                match -> new Object[] {alert.id(), match.id()});
    }

    /** A message about no match. */
    UUID message(UUID channel, String type, Instant due, @Nullable UUID incident) {
        UUID id = UUID.randomUUID();
        update(
                "insert into delivery (id, channel_id, incident_id, type, status, attempts,"
                        + " created_at, ready_at, due_at)"
                        + " values (?, ?, ?, ?, 'PENDING', 0, ?, ?, ?)",
                id,
                channel,
                incident,
                type,
                utc(due),
                utc(due),
                utc(due));
        return id;
    }

    /** An open incident that goes away with a channel. */
    UUID incident(IncidentKind kind, UUID channel, Instant since) {
        UUID id = UUID.randomUUID();
        update(
                "insert into incident (id, open_key, kind, severity, summary, evidence, opened_at,"
                        + " last_seen_at, observations, channel_id)"
                        + " values (?, ?, ?, ?, 'Something is wrong.', '', ?, ?, 1, ?)",
                id,
                id.toString(),
                kind.name(),
                kind.severity().name(),
                utc(since),
                utc(since),
                channel);
        return id;
    }

    static OffsetDateTime utc(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }

    private interface Columns<T> {
        Object[] of(T row);
    }

    private <T> void insertAll(String sql, List<T> rows, Columns<T> columns) {
        try (Connection connection = insert(sql, rows, columns)) {
            connection.commit();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private <T> Connection insert(String sql, List<T> rows, Columns<T> columns) {
        try {
            Connection connection = dataSource.getConnection();
            connection.setAutoCommit(false);
            try (PreparedStatement insert = connection.prepareStatement(sql)) {
                for (int i = 0; i < rows.size(); i++) {
                    bind(insert, columns.of(rows.get(i)));
                    insert.addBatch();
                    if ((i + 1) % BATCH == 0) {
                        insert.executeBatch();
                    }
                }
                insert.executeBatch();
            }
            return connection;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void bind(PreparedStatement statement, @Nullable Object[] values)
            throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
    }

    int update(String sql, @Nullable Object... values) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, values);
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The only number that a query has. */
    long number(String sql, Object... values) {
        return Long.parseLong(texts(sql, values).getFirst());
    }

    /** The first column of a query. */
    List<String> texts(String sql, Object... values) {
        List<String> texts = new ArrayList<>();
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, values);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    texts.add(row.getString(1));
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return texts;
    }

    /** How many deliveries of a channel have a status. */
    long count(UUID channel, DeliveryStatus status) {
        return number(
                "select count(*) from delivery where channel_id = ? and status = ?",
                channel,
                status.name());
    }

    /** Nothing of it is left; others look at what is newest. */
    void delete() {
        for (UUID channel : channels) {
            update(
                    "delete from delivery_match where delivery_id in"
                            + " (select id from delivery where channel_id = ?)",
                    channel);
            update(
                    "delete from delivery where incident_id in"
                            + " (select id from incident where channel_id = ?)",
                    channel);
            update("delete from incident where channel_id = ?", channel);
            update("delete from watchlist_channel where channel_id = ?", channel);
            update("delete from watchlist_escalation where channel_id = ?", channel);
            update("delete from delivery where channel_id = ?", channel);
            update("delete from channel where id = ?", channel);
        }
        for (UUID watchlist : watchlists) {
            update("delete from rule_match where watchlist_id = ?", watchlist);
        }
    }
}
