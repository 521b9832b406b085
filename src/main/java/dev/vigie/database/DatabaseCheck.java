package dev.vigie.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Properties;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.h2.api.ErrorCode;

/** Looks at the database before anything rests on it. */
public final class DatabaseCheck {

    private static final int OLDEST_POSTGRESQL = 15;

    private DatabaseCheck() {}

    /** Why the configured database cannot be used, in a sentence or two; empty if it can. */
    public static Optional<String> refusal() {
        Config config = ConfigProvider.getConfig();
        String url = config.getValue("quarkus.datasource.jdbc.url", String.class);
        var login = new Properties();
        config.getOptionalValue("quarkus.datasource.username", String.class)
                .ifPresent(user -> login.setProperty("user", user));
        config.getOptionalValue("quarkus.datasource.password", String.class)
                .ifPresent(password -> login.setProperty("password", password));
        return refusal(url, login);
    }

    static Optional<String> refusal(String url, Properties login) {
        if (url.startsWith("jdbc:h2:")) {
            Optional<String> refusal = H2Url.refusal(url);
            if (refusal.isPresent()) {
                return refusal;
            }
        }
        // counts of inserted rows decide what is new, and this option takes them away
        if (url.contains("reWriteBatchedInserts=true")) {
            return Optional.of("The URL of the database must not set reWriteBatchedInserts.");
        }
        try (Connection connection = new EitherDriver().connect(url, login)) {
            if (connection == null) {
                return Optional.of("No database is configured.");
            }
            int version = connection.getMetaData().getDatabaseMajorVersion();
            return url.startsWith("jdbc:postgresql:") && version < OLDEST_POSTGRESQL
                    ? Optional.of(
                            "It needs PostgreSQL %d or newer, this is %d."
                                    .formatted(OLDEST_POSTGRESQL, version))
                    : Optional.empty();
        } catch (SQLException e) {
            return Optional.of(sentence(url.replaceFirst("[?;].*", ""), e));
        }
    }

    private static String sentence(String url, SQLException e) {
        if (e.getErrorCode() == ErrorCode.DATABASE_ALREADY_OPEN_1) {
            return "The database %s is in use by another process.".formatted(url);
        }
        String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        return "The database %s cannot be used: %s".formatted(url, reason)
                + (url.startsWith("jdbc:postgresql:")
                        ? " See QUARKUS_DATASOURCE_JDBC_URL, _USERNAME and _PASSWORD."
                        : "");
    }
}
