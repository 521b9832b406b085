package dev.vigie.secret;

import io.agroal.api.AgroalDataSource;
import io.quarkus.logging.Log;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/**
 * Opens the box of secrets at the start. The database notes which key its secrets are sealed with;
 * a process that has another one does not start, rather than leave secrets behind that nobody can
 * open.
 */
@ApplicationScoped
class Secrets {

    private final SecretConfig config;
    private final AgroalDataSource dataSource;

    Secrets(SecretConfig config, AgroalDataSource dataSource) {
        this.config = config;
        this.dataSource = dataSource;
    }

    /** Before anything is sent. */
    void check(@Observes @Priority(10) StartupEvent event, SecretBox box) {
        Log.debugf("secrets are sealed with the key %s", box.keyId());
    }

    @Produces
    @Singleton
    SecretBox box() {
        try (Connection connection = dataSource.getConnection()) {
            Optional<String> noted = noted(connection);
            var box = new SecretBox(SecretKeys.load(config, noted.isEmpty()));
            if (noted.isEmpty()) {
                note(connection, box);
            } else if (!box.knows(noted.get())) {
                throw new SecretKeys.UnusableKeyException(
                        ("The secrets in the database were sealed with the key %s, and this process"
                                        + " has %s. Set vigie.secrets.key, or name the former key"
                                        + " in vigie.secrets.former-keys.")
                                .formatted(noted.get(), box.keyId()));
            } else if (!noted.get().equals(box.keyId())) {
                renote(connection, box);
            }
            return box;
        } catch (SQLException e) {
            throw new IllegalStateException("the key of the secrets could not be looked up", e);
        }
    }

    private static Optional<String> noted(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select key_id from secret_key")) {
            return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
        }
    }

    /** Of two processes that start at once on a new database, one has to have the other's key. */
    private static void note(Connection connection, SecretBox box) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement(
                        "insert into secret_key (id, key_id) values (1, ?)"
                                + " on conflict do nothing")) {
            insert.setString(1, box.keyId());
            insert.executeUpdate();
        }
        if (!noted(connection).equals(Optional.of(box.keyId()))) {
            throw new SecretKeys.UnusableKeyException(
                    "Another process has just begun to seal secrets with another key; give all the"
                            + " same vigie.secrets.key.");
        }
    }

    private static void renote(Connection connection, SecretBox box) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("update secret_key set key_id = ?")) {
            update.setString(1, box.keyId());
            update.executeUpdate();
        }
    }
}
