package dev.vigie.database;

import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What differs between the two databases, and the database's clock. */
@ApplicationScoped
public class Database {

    private final AgroalDataSource dataSource;
    private final boolean embedded;

    Database(
            AgroalDataSource dataSource,
            @ConfigProperty(name = "quarkus.datasource.jdbc.url") String url) {
        this.dataSource = dataSource;
        this.embedded = url.startsWith("jdbc:h2:");
    }

    /** Whether it is H2 in this process, so that nobody else can use it. */
    public boolean isEmbedded() {
        return embedded;
    }

    /**
     * Makes what was committed outlive a power failure. PostgreSQL has done so already; H2 has only
     * written it, which outlives the end of the process.
     */
    public void makeDurable() {
        if (!embedded) {
            return;
        }
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("checkpoint sync");
        } catch (SQLException e) {
            throw new IllegalStateException("the database could not be written to disk", e);
        }
    }

    /** The time by the database's clock, which all processes share. */
    public Instant now() {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("select current_timestamp")) {
            result.next();
            return result.getObject(1, OffsetDateTime.class).toInstant();
        } catch (SQLException e) {
            throw new IllegalStateException("the database does not answer", e);
        }
    }
}
