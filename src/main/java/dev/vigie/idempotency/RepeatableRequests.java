package dev.vigie.idempotency;

import dev.vigie.secret.Secret;
import dev.vigie.secret.SecretBox;
import io.agroal.api.AgroalDataSource;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Remembers for a day what was answered to requests with a key of the caller's, in the transaction
 * in which they were carried out. Answers are sealed, since there are secrets in them.
 */
@ApplicationScoped
@Transactional(Transactional.TxType.MANDATORY)
public class RepeatableRequests {

    private static final Duration REMEMBERED = Duration.ofDays(1);

    private final AgroalDataSource dataSource;
    private final SecretBox box;
    private final InstantSource clock;

    RepeatableRequests(AgroalDataSource dataSource, SecretBox box, InstantSource clock) {
        this.dataSource = dataSource;
        this.box = box;
        this.clock = clock;
    }

    /**
     * A request that may come again.
     *
     * @param sha256 of all that it asks for, in hex
     */
    public record Request(String caller, String key, String sha256) {

        /** What the noted code is for: a hash would let passwords be guessed. */
        private String purpose() {
            return "request %s %s %s".formatted(caller, key, sha256);
        }

        private String place() {
            return "answer to %s %s".formatted(caller, key);
        }
    }

    /** What was answered to it. */
    public record Answer(int status, @Nullable String location, String body) {}

    /** There was another request with this key. */
    public static final class OtherRequestException extends RuntimeException {
        OtherRequestException() {
            super("There was another request with this Idempotency-Key.");
        }
    }

    /**
     * Begins to carry out a request. If the same is being carried out elsewhere, this waits until
     * that is committed.
     *
     * @return what was answered, if it was carried out before; else it is to be carried out now
     * @throws OtherRequestException if the key was for something else
     */
    public Optional<Answer> begin(Request request) {
        try (Connection connection = dataSource.getConnection()) {
            if (isNew(connection, request)) {
                return Optional.empty();
            }
            try (PreparedStatement select =
                    connection.prepareStatement(
                            "select request_sha256, status, location, body from repeatable_request"
                                    + " where caller = ? and request_key = ?")) {
                select.setString(1, request.caller);
                select.setString(2, request.key);
                ResultSet row = select.executeQuery();
                if (!row.next() || !box.isCode(request.purpose(), row.getString(1))) {
                    throw new OtherRequestException();
                }
                String body = box.open(row.getString(4), request.place()).reveal();
                return Optional.of(new Answer(row.getInt(2), row.getString(3), body));
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the request could not be noted", e);
        }
    }

    private boolean isNew(Connection connection, Request request) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement(
                        "insert into repeatable_request"
                                + " (caller, request_key, request_sha256, created_at)"
                                + " values (?, ?, ?, ?) on conflict do nothing")) {
            insert.setString(1, request.caller);
            insert.setString(2, request.key);
            insert.setString(3, box.code(request.purpose()));
            insert.setObject(4, clock.instant().atOffset(ZoneOffset.UTC));
            return insert.executeUpdate() == 1;
        }
    }

    /** Remembers what is answered. */
    public void finish(Request request, Answer answer) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement update =
                        connection.prepareStatement(
                                "update repeatable_request set status = ?, location = ?, body = ?"
                                        + " where caller = ? and request_key = ?")) {
            update.setInt(1, answer.status);
            update.setString(2, answer.location);
            update.setString(3, box.seal(new Secret(answer.body), request.place()));
            update.setString(4, request.caller);
            update.setString(5, request.key);
            update.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException("the answer could not be noted", e);
        }
    }

    @Scheduled(every = "1h", delayed = "10m")
    @Transactional
    void forget() {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement delete =
                        connection.prepareStatement(
                                "delete from repeatable_request where created_at < ?")) {
            delete.setObject(1, clock.instant().minus(REMEMBERED).atOffset(ZoneOffset.UTC));
            delete.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException("old answers could not be forgotten", e);
        }
    }
}
