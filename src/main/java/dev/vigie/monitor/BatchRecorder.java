package dev.vigie.monitor;

import dev.vigie.delivery.AlertMessage;
import dev.vigie.delivery.DeliveryStatus;
import dev.vigie.logs.LogPosition;
import dev.vigie.match.Match;
import dev.vigie.match.MatchStatus;
import dev.vigie.match.NameBasedId;
import dev.vigie.rule.Hit;
import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Records a batch: the position, its matches, where they were seen and the deliveries that they
 * cause, together or not at all. The only place where the way of the data enters the database.
 */
@ApplicationScoped
class BatchRecorder {

    private final AgroalDataSource dataSource;
    private final InstantSource clock;

    BatchRecorder(AgroalDataSource dataSource, InstantSource clock) {
        this.dataSource = dataSource;
        this.clock = clock;
    }

    /** A match that this batch was the first to find. */
    record NewMatch(UUID id, Hit hit, WatchedRules.Owner owner, EntryHit entry) {}

    /**
     * Writes the batch and moves the position to its end.
     *
     * @return the matches that were not there before
     * @throws StalePositionException if somebody else moved the position or took the log over
     */
    @Transactional
    List<NewMatch> record(String logId, long epoch, ScannedBatch batch) {
        Instant now = clock.instant();
        var range = batch.range();
        if (!LogPosition.advance(logId, epoch, range.start(), range.end(), now)) {
            throw new StalePositionException(logId, range);
        }
        if (!batch.hasFindings()) {
            return List.of();
        }
        try (Connection connection = dataSource.getConnection()) {
            var tables = new FindingTables(connection, now);
            tables.insertUnreadable(logId, batch.unreadable());
            return recordHits(logId, batch, connection, tables);
        } catch (SQLException e) {
            throw new IllegalStateException("a batch could not be recorded", e);
        }
    }

    private List<NewMatch> recordHits(
            String logId, ScannedBatch batch, Connection connection, FindingTables tables)
            throws SQLException {
        WatchedRules owners = WatchedRules.load(connection, batch.hits());
        List<EntryHit> entries =
                batch.hits().stream()
                        .filter(entry -> entry.hits().stream().anyMatch(owners::isWatched))
                        .toList();
        tables.insertCertificates(entries);
        // in the same order in every process, so that two that find the same do not deadlock
        Map<UUID, NewMatch> candidates = new TreeMap<>();
        for (EntryHit entry : entries) {
            for (Hit hit : entry.hits()) {
                if (owners.isWatched(hit)) {
                    UUID id = Match.idOf(hit.ruleId(), entry.certificate().tbsSha256());
                    candidates.putIfAbsent(id, new NewMatch(id, hit, owners.of(hit), entry));
                }
            }
        }
        List<NewMatch> added =
                tables.insertMatches(
                        List.copyOf(candidates.values()), batch.ruleSetVersion(), MatchStatus.NEW);
        tables.insertSightings(logId, entries);
        tables.insertDeliveries(deliveries(added));
        added.sort(Comparator.comparingLong(match -> match.entry().index()));
        return added;
    }

    private static Map<UUID, FindingTables.NewDelivery> deliveries(List<NewMatch> matches) {
        Map<UUID, FindingTables.NewDelivery> deliveries = new LinkedHashMap<>();
        for (NewMatch match : matches) {
            for (UUID channel : match.owner().channels()) {
                deliveries.put(
                        NameBasedId.of(match.id(), channel),
                        new FindingTables.NewDelivery(
                                match.id(),
                                channel,
                                AlertMessage.MATCH_CREATED,
                                DeliveryStatus.PENDING));
            }
        }
        return deliveries;
    }
}
