package dev.vigie.database;

import io.agroal.api.AgroalDataSource;
import io.quarkus.logging.Log;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** What differs between the two databases, and the database's clock. */
@ApplicationScoped
public class Database {

    private final AgroalDataSource dataSource;
    private final boolean embedded;
    private final AtomicBoolean away = new AtomicBoolean();

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

    /**
     * Does regular work that needs the database. While it is away the work is left out, and that is
     * said once, not at every try.
     */
    public void whenThere(Runnable work) {
        try {
            work.run();
            if (away.compareAndSet(true, false)) {
                Log.info("the database is back");
            }
        } catch (RuntimeException e) {
            if (away.compareAndSet(false, true)) {
                Log.errorf(e, "the database cannot be used");
            }
            Log.debugf(e, "regular work failed");
        }
    }

    /** Does something all or nothing: not at all if it throws anything. */
    @Transactional(rollbackOn = Exception.class)
    public <T extends @Nullable Object> T together(Callable<T> work) throws Exception {
        return work.call();
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
