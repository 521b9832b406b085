package dev.vigie.watchlist;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Inserts many rules, in JDBC batches. One that means the same as one that is there is left out.
 */
final class RuleRows implements AutoCloseable {

    private static final int BATCH = 1_000;

    private final PreparedStatement insert;
    private final List<UUID> batch = new ArrayList<>();
    private final List<UUID> inserted = new ArrayList<>();

    RuleRows(Connection connection) throws SQLException {
        insert =
                connection.prepareStatement(
                        "insert into watch_rule (id, watchlist_id, kind, pattern, name, severity,"
                                + " enabled, comment, created_at, options, version)"
                                + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0) on conflict do nothing");
    }

    void add(StoredRule rule) throws SQLException {
        insert.setObject(1, rule.id);
        insert.setObject(2, rule.watchlistId);
        insert.setString(3, rule.kind.name());
        insert.setString(4, rule.pattern);
        insert.setString(5, rule.name);
        insert.setString(6, rule.severity.name());
        insert.setBoolean(7, rule.enabled);
        insert.setString(8, rule.comment);
        insert.setObject(9, rule.createdAt.atOffset(ZoneOffset.UTC));
        insert.setString(10, RuleOptionsConverter.write(rule.options));
        insert.addBatch();
        batch.add(rule.id);
        if (batch.size() == BATCH) {
            execute();
        }
    }

    /** The ids of those that were not there, after the last was added. */
    List<UUID> inserted() throws SQLException {
        execute();
        return inserted;
    }

    private void execute() throws SQLException {
        int[] counts = insert.executeBatch();
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] == 1 || counts[i] == Statement.SUCCESS_NO_INFO) {
                inserted.add(batch.get(i));
            }
        }
        batch.clear();
    }

    @Override
    public void close() throws SQLException {
        insert.close();
    }
}
