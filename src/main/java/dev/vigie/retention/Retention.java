package dev.vigie.retention;

import dev.vigie.database.Database;
import io.agroal.api.AgroalDataSource;
import io.quarkus.logging.Log;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Deletes matches that are too old, and what belongs to no other: certificates, sightings,
 * deliveries. In small transactions, so that nobody waits; several processes share the work.
 */
@ApplicationScoped
class Retention {

    private static final int BATCH = 500;

    private final RetentionConfig config;
    private final AgroalDataSource dataSource;
    private final Database database;
    private final InstantSource clock;

    Retention(
            RetentionConfig config,
            AgroalDataSource dataSource,
            Database database,
            InstantSource clock) {
        this.config = config;
        this.dataSource = dataSource;
        this.database = database;
        this.clock = clock;
    }

    @Scheduled(
            every = "24h",
            delayed = "1h",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void daily() {
        database.whenThere(() -> forgetBefore(clock.instant().minus(config.matches())));
    }

    /** Deletes what was seen before; says how many matches. */
    long forgetBefore(Instant time) {
        long all = 0;
        int some;
        do {
            some = QuarkusTransaction.requiringNew().call(() -> forgetSome(time));
            all += some;
        } while (some > 0);
        QuarkusTransaction.requiringNew().run(() -> forgetDeliveries(time));
        if (all > 0) {
            Log.infof("forgot old matches matches=%d before=%s", all, time);
        }
        return all;
    }

    private int forgetSome(Instant time) {
        try (Connection connection = dataSource.getConnection()) {
            List<Old> old = old(connection, time);
            run(connection, "delete from delivery_match where match_id = ?", old, false);
            run(connection, "delete from delivery where match_id = ?", old, false);
            run(connection, "delete from rule_match where id = ?", old, false);
            for (String table : List.of("sighting", "certificate")) {
                run(
                        connection,
                        "delete from %s where tbs_sha256 = ?".formatted(table)
                                + " and tbs_sha256 not in (select m.tbs_sha256 from rule_match m"
                                + " where m.tbs_sha256 = %s.tbs_sha256)".formatted(table),
                        old,
                        true);
            }
            return old.size();
        } catch (SQLException e) {
            throw new IllegalStateException("old matches could not be deleted", e);
        }
    }

    /** A match, and the issuance that it is about. */
    private record Old(UUID id, byte[] tbsSha256) {}

    private static List<Old> old(Connection connection, Instant time) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement(
                        "select id, tbs_sha256 from rule_match where first_seen < ?"
                                + " order by first_seen, id limit %d for update skip locked"
                                        .formatted(BATCH))) {
            select.setObject(1, time.atOffset(ZoneOffset.UTC));
            ResultSet row = select.executeQuery();
            List<Old> old = new ArrayList<>();
            while (row.next()) {
                old.add(new Old(row.getObject(1, UUID.class), row.getBytes(2)));
            }
            return old;
        }
    }

    private static void run(Connection connection, String sql, List<Old> old, boolean byIssuance)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (Old match : old) {
                if (byIssuance) {
                    statement.setBytes(1, match.tbsSha256());
                } else {
                    statement.setObject(1, match.id());
                }
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    /** Digests, tests and news of incidents, which belong to no match. */
    private void forgetDeliveries(Instant time) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement delete =
                        connection.prepareStatement(
                                "delete from delivery where match_id is null and created_at < ?"
                                        + " and status <> 'PENDING'")) {
            delete.setObject(1, time.atOffset(ZoneOffset.UTC));
            delete.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException("old deliveries could not be deleted", e);
        }
    }
}
