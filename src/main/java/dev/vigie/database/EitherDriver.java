package dev.vigie.database;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Properties;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The JDBC driver that the build knows; which of the two it is, the URL says when the service
 * starts.
 */
public final class EitherDriver implements Driver {

    private static final Driver H2 = new org.h2.Driver();
    private static final Driver POSTGRESQL = new org.postgresql.Driver();

    private static @Nullable Driver of(@Nullable String url) {
        if (url == null) {
            return null;
        }
        return url.startsWith("jdbc:h2:")
                ? H2
                : url.startsWith("jdbc:postgresql:") ? POSTGRESQL : null;
    }

    @Override
    public @Nullable Connection connect(String url, Properties info) throws SQLException {
        Driver driver = of(url);
        if (driver == null) {
            throw new SQLException(
                    "The database URL must begin with jdbc:h2: or jdbc:postgresql:, this is "
                            + url.replaceFirst("[?;].*", ""));
        }
        return driver.connect(url, driver == H2 ? credentials(info) : info);
    }

    /** H2 refuses properties that it does not know, and the pool sets some. */
    private static Properties credentials(Properties info) {
        var credentials = new Properties();
        for (String key : new String[] {"user", "password"}) {
            if (info.getProperty(key) != null) {
                credentials.setProperty(key, info.getProperty(key));
            }
        }
        return credentials;
    }

    @Override
    public boolean acceptsURL(String url) {
        return of(url) != null;
    }

    @Override
    public DriverPropertyInfo[] getPropertyInfo(String url, Properties info) throws SQLException {
        Driver driver = of(url);
        return driver == null ? new DriverPropertyInfo[0] : driver.getPropertyInfo(url, info);
    }

    @Override
    public int getMajorVersion() {
        return 1;
    }

    @Override
    public int getMinorVersion() {
        return 0;
    }

    @Override
    public boolean jdbcCompliant() {
        return false;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException();
    }
}
