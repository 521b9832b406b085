package dev.vigie.monitor;

import dev.vigie.database.StringListConverter;
import dev.vigie.delivery.AlertMessage;
import dev.vigie.delivery.DeliveryStatus;
import dev.vigie.hash.Sha256;
import dev.vigie.match.MatchStatus;
import dev.vigie.match.SeenCertificate;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Inserts what was found, in JDBC batches. All ids follow from what was found, so a row that is
 * there already is the same row and stays.
 */
final class FindingTables {

    private static final StringListConverter LISTS = new StringListConverter();
    private static final int CHUNK = 500;

    private final Connection connection;
    private final OffsetDateTime now;

    FindingTables(Connection connection, Instant now) {
        this.connection = connection;
        this.now = now.atOffset(ZoneOffset.UTC);
    }

    /**
     * A delivery before it has a row.
     *
     * @param groupId what later matches may be told together with; null if it is told alone
     * @param readyAt since when it could be told
     * @param dueAt when the channel tells it
     */
    record NewDelivery(
            UUID id,
            UUID matchId,
            UUID channelId,
            @Nullable UUID groupId,
            Instant readyAt,
            Instant dueAt) {}

    /** A match that a delivery tells of beside its first. */
    record FurtherMatch(UUID deliveryId, UUID matchId) {}

    private interface Binder<T> {
        void bind(PreparedStatement insert, T row) throws SQLException;
    }

    /** Inserts the rows that are not there; returns them. */
    private <T> List<T> insert(String table, int columns, List<T> rows, Binder<T> binder)
            throws SQLException {
        List<T> inserted = new ArrayList<>();
        String sql =
                "insert into %s values (%s) on conflict do nothing"
                        .formatted(table, "?,".repeat(columns - 1) + "?");
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            for (int from = 0; from < rows.size(); from += CHUNK) {
                List<T> chunk = rows.subList(from, Math.min(rows.size(), from + CHUNK));
                for (T row : chunk) {
                    binder.bind(insert, row);
                    insert.addBatch();
                }
                int[] counts = insert.executeBatch();
                for (int i = 0; i < counts.length; i++) {
                    // a driver that rewrites batches does not know; better twice than never
                    if (counts[i] == 1 || counts[i] == Statement.SUCCESS_NO_INFO) {
                        inserted.add(chunk.get(i));
                    }
                }
            }
        }
        return inserted;
    }

    void insertUnreadable(String logId, List<UnreadableLeaf> leaves) throws SQLException {
        insert(
                "unreadable_entry (log_id, leaf_index, leaf_hash, reason, raw, noted_at)",
                6,
                leaves,
                (row, leaf) -> {
                    row.setString(1, logId);
                    row.setLong(2, leaf.index());
                    row.setBytes(3, leaf.leafHash().bytes());
                    row.setString(4, leaf.reason());
                    row.setBytes(5, leaf.raw());
                    row.setObject(6, now);
                });
    }

    void insertCertificates(List<EntryHit> entries) throws SQLException {
        Map<Sha256, SeenCertificate> certificates = new TreeMap<>();
        entries.forEach(e -> certificates.putIfAbsent(e.certificate().sha256(), e.certificate()));
        insert(
                "certificate (sha256, tbs_sha256, precertificate, der, subject, issuer,"
                        + " serial_number, not_before, not_after, dns_names, dns_name_count,"
                        + " ip_addresses, spki_sha256, issuer_key_hash, first_seen)",
                15,
                List.copyOf(certificates.values()),
                this::bind);
    }

    private void bind(PreparedStatement row, SeenCertificate certificate) throws SQLException {
        var details = certificate.details();
        row.setBytes(1, certificate.sha256().bytes());
        row.setBytes(2, certificate.tbsSha256().bytes());
        row.setBoolean(3, certificate.precertificate());
        row.setBytes(4, certificate.der());
        row.setString(5, details.subject());
        row.setString(6, details.issuer());
        row.setString(7, cut(details.serialNumber()));
        row.setObject(8, utc(details.notBefore()));
        row.setObject(9, utc(details.notAfter()));
        row.setString(10, LISTS.convertToDatabaseColumn(certificate.dnsNames()));
        row.setInt(11, certificate.dnsNameCount());
        row.setString(12, LISTS.convertToDatabaseColumn(certificate.ipAddresses()));
        row.setString(13, details.spki() == null ? null : details.spki().toString());
        row.setString(14, certificate.issuerKeyHash().map(Sha256::toString).orElse(null));
        row.setObject(15, now);
    }

    /**
     * Returns those that were not there.
     *
     * @param notify whether anybody is told of them
     */
    List<NewMatch> insertMatches(List<NewMatch> matches, long ruleSetVersion, boolean notify)
            throws SQLException {
        return insert(
                "rule_match (id, watchlist_id, rule_id, tbs_sha256, names, name_count, reasons,"
                        + " severity, status, first_seen, proven, rule_set_version, version,"
                        + " registrable_domain, authorised_by, escalate_at)",
                16,
                matches,
                (row, match) -> {
                    row.setObject(1, match.id());
                    row.setObject(2, match.owner().watchlistId());
                    row.setObject(3, match.hit().ruleId());
                    row.setBytes(4, match.entry().certificate().tbsSha256().bytes());
                    row.setString(5, LISTS.convertToDatabaseColumn(match.hit().names()));
                    row.setInt(6, match.hit().nameCount());
                    row.setString(7, LISTS.convertToDatabaseColumn(match.hit().reasons()));
                    row.setString(8, match.owner().severity().name());
                    row.setString(
                            9,
                            match.isAuthorised()
                                    ? MatchStatus.AUTHORISED.name()
                                    : MatchStatus.NEW.name());
                    row.setObject(10, now);
                    row.setBoolean(11, false);
                    row.setLong(12, ruleSetVersion);
                    row.setInt(13, 0);
                    row.setString(14, match.registrableDomain());
                    row.setObject(15, match.authorisedBy());
                    Duration escalation = match.owner().escalation();
                    row.setObject(
                            16,
                            !notify || match.isAuthorised() || escalation == null
                                    ? null
                                    : now.plus(match.owner().grace()).plus(escalation));
                });
    }

    void insertSightings(String logId, List<EntryHit> entries) throws SQLException {
        insert(
                "sighting (log_id, leaf_index, tbs_sha256, certificate_sha256, entry_type,"
                        + " entry_time)",
                6,
                entries,
                (row, entry) -> {
                    row.setString(1, logId);
                    row.setLong(2, entry.index());
                    row.setBytes(3, entry.certificate().tbsSha256().bytes());
                    row.setBytes(4, entry.certificate().sha256().bytes());
                    row.setString(5, entry.type().name());
                    row.setObject(6, utc(entry.timestamp()));
                });
    }

    void insertDeliveries(List<NewDelivery> deliveries) throws SQLException {
        insert(
                "delivery (id, match_id, channel_id, type, status, attempts, created_at, due_at,"
                        + " group_id, ready_at)",
                10,
                deliveries.stream().sorted(Comparator.comparing(NewDelivery::id)).toList(),
                (row, delivery) -> {
                    row.setObject(1, delivery.id());
                    row.setObject(2, delivery.matchId());
                    row.setObject(3, delivery.channelId());
                    row.setString(4, AlertMessage.MATCH_CREATED);
                    row.setString(5, DeliveryStatus.PENDING.name());
                    row.setInt(6, 0);
                    row.setObject(7, now);
                    row.setObject(8, utc(delivery.dueAt()));
                    row.setObject(9, delivery.groupId());
                    row.setObject(10, utc(delivery.readyAt()));
                });
    }

    /** To deliveries that are new or locked. */
    void insertFurtherMatches(List<FurtherMatch> matches) throws SQLException {
        insert(
                "delivery_match (delivery_id, match_id)",
                2,
                matches,
                (row, match) -> {
                    row.setObject(1, match.deliveryId());
                    row.setObject(2, match.matchId());
                });
    }

    private static @Nullable OffsetDateTime utc(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }

    private static @Nullable String cut(@Nullable String text) {
        return text == null || text.length() <= 1000 ? text : text.substring(0, 1000);
    }
}
