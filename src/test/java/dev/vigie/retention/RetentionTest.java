package dev.vigie.retention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigie.hash.Sha256;
import dev.vigie.testing.Api;
import dev.vigie.testing.DatabaseTest;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is too old goes with all that belongs to it alone; what is not stays whole (G07). */
@QuarkusTest
@DatabaseTest
@NullUnmarked
class RetentionTest {

    private static final Instant LONG_AGO = Instant.parse("2015-01-01T00:00:00Z");

    @Inject Retention retention;
    @Inject AgroalDataSource dataSource;

    private UUID watchlist;

    @BeforeEach
    void add() {
        watchlist = UUID.fromString(Api.addWatchlist("retention"));
    }

    private UUID match(byte[] tbs, Instant seen) throws SQLException {
        UUID id = UUID.randomUUID();
        update(
                "insert into rule_match (id, watchlist_id, rule_id, tbs_sha256, names, name_count,"
                        + " reasons, severity, status, first_seen, proven, rule_set_version, version)"
                        + " values (?, ?, ?, ?, '[]', 0, '[]', 'LOW', 'NEW', ?, true, 1, 0)",
                id,
                watchlist,
                UUID.randomUUID(),
                tbs,
                seen.atOffset(ZoneOffset.UTC));
        return id;
    }

    private byte[] certificate() throws SQLException {
        byte[] hash =
                Sha256.hash(UUID.randomUUID().toString().getBytes(StandardCharsets.US_ASCII))
                        .bytes();
        update(
                "insert into certificate (sha256, tbs_sha256, precertificate, der, dns_names,"
                        + " dns_name_count, ip_addresses, first_seen)"
                        + " values (?, ?, false, ?, '[]', 0, '[]', current_timestamp)",
                hash,
                hash,
                hash);
        update(
                "insert into sighting (log_id, leaf_index, tbs_sha256, certificate_sha256,"
                        + " entry_type, entry_time) values (?, 1, ?, ?, 'X509', current_timestamp)",
                UUID.randomUUID().toString(),
                hash,
                hash);
        return hash;
    }

    private void update(String sql, Object... parameters) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            statement.executeUpdate();
        }
    }

    private long count(String table, String column, Object value) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement =
                        connection.prepareStatement(
                                "select count(*) from %s where %s = ?".formatted(table, column))) {
            statement.setObject(1, value);
            ResultSet row = statement.executeQuery();
            row.next();
            return row.getLong(1);
        }
    }

    @Test
    void whatIsOldGoesAndWhatIsSharedWithSomethingYoungStays() throws Exception {
        byte[] alone = certificate();
        byte[] shared = certificate();
        UUID old = match(alone, LONG_AGO);
        UUID oldOfShared = match(shared, LONG_AGO);
        UUID young = match(shared, LONG_AGO.plus(Duration.ofDays(2)));

        retention.forgetBefore(LONG_AGO.plus(Duration.ofDays(1)));

        assertThat(count("rule_match", "id", old)).isZero();
        assertThat(count("rule_match", "id", oldOfShared)).isZero();
        assertThat(count("rule_match", "id", young)).isOne();
        assertThat(count("certificate", "tbs_sha256", alone)).isZero();
        assertThat(count("sighting", "tbs_sha256", alone)).isZero();
        assertThat(count("certificate", "tbs_sha256", shared)).isOne();
        assertThat(count("sighting", "tbs_sha256", shared)).isOne();
    }

    @Test
    void howeverManyThereAreAllGo() throws Exception {
        byte[] many = certificate();
        Instant seen = Instant.parse("2014-01-01T00:00:00Z");
        for (int i = 0; i < 1_201; i++) {
            match(many, seen);
        }

        assertThat(retention.forgetBefore(seen.plusSeconds(1))).isGreaterThanOrEqualTo(1_201);
        assertThat(count("rule_match", "tbs_sha256", many)).isZero();
        assertThat(count("certificate", "tbs_sha256", many)).isZero();
    }
}
