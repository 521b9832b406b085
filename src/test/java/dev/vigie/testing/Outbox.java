package dev.vigie.testing;

import io.agroal.api.AgroalDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What waits and what was sent on a channel, as the database has it. */
public final class Outbox {

    private final AgroalDataSource dataSource;

    public Outbox(AgroalDataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** A new webhook channel. */
    public static String webhook(String url) {
        return channel("webhook", Map.of("url", url));
    }

    /** A new channel for mails. */
    public static String mail() {
        return channel("email", Map.of("to", List.of("analyst@cert.example")));
    }

    private static String channel(String type, Map<String, Object> config) {
        return Api.post("/channels", Map.of("name", type, "type", type, "config", config))
                .statusCode(201)
                .extract()
                .path("id");
    }

    /** A new watchlist; null for no grace period. */
    public static String watchlist(@Nullable String gracePeriod, String... channels) {
        Map<String, Object> body = new HashMap<>();
        body.put("name", "list");
        body.put("channelIds", List.of(channels));
        if (gracePeriod != null) {
            body.put("gracePeriod", gracePeriod);
        }
        return Api.post("/watchlists", body).statusCode(201).extract().path("id");
    }

    /** The statuses of a channel's deliveries in the order of their creation. */
    public List<String> statuses(String channel) {
        return query(
                "select status from delivery where channel_id = ? order by created_at, id",
                channel,
                row -> row.getString(1));
    }

    /** How many further matches each of a channel's deliveries has, in the order of creation. */
    public List<Integer> further(String channel) {
        return query(
                "select (select count(*) from delivery_match m where m.delivery_id = d.id)"
                        + " from delivery d where d.channel_id = ? order by d.created_at, d.id",
                channel,
                row -> row.getInt(1));
    }

    /** How many seconds a channel's deliveries wait from the beginning. */
    public List<Long> waits(String channel) {
        return query(
                "select created_at, due_at from delivery where channel_id = ?",
                channel,
                row ->
                        Duration.between(
                                        row.getObject(1, OffsetDateTime.class),
                                        row.getObject(2, OffsetDateTime.class))
                                .toSeconds());
    }

    /** When a channel's deliveries are due. */
    public List<Instant> dueTimes(String channel) {
        return query(
                "select due_at from delivery where channel_id = ?",
                channel,
                row -> row.getObject(1, OffsetDateTime.class).toInstant());
    }

    /** After how long those of a watchlist's matches are told to others that are. */
    public List<Duration> escalations(String watchlist) {
        return query(
                "select first_seen, escalate_at from rule_match"
                        + " where watchlist_id = ? and escalate_at is not null",
                watchlist,
                row ->
                        Duration.between(
                                row.getObject(1, OffsetDateTime.class),
                                row.getObject(2, OffsetDateTime.class)));
    }

    /** Nothing on the channel waits for its time any more. */
    public void makeDue(String channel) {
        update("update delivery set due_at = created_at where channel_id = ?", channel);
    }

    /** As if somebody had tried to send it once. */
    public void pretendAnAttempt(String channel) {
        update("update delivery set attempts = 1 where channel_id = ?", channel);
    }

    private void update(String sql, String channel) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement update = connection.prepareStatement(sql)) {
            update.setObject(1, UUID.fromString(channel));
            update.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    private <T> List<T> query(String sql, String channel, Reader<T> reader) {
        List<T> rows = new ArrayList<>();
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement(sql)) {
            select.setObject(1, UUID.fromString(channel));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    rows.add(reader.read(row));
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return rows;
    }
}
