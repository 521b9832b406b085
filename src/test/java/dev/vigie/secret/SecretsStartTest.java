package dev.vigie.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vigie.secret.SecretKeys.UnusableKeyException;
import dev.vigie.testing.DatabaseTest;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that has another key than the secrets in its database does not start (G03). */
@QuarkusTest
@DatabaseTest
@NullUnmarked
class SecretsStartTest {

    private static final String FIRST = key(1);
    private static final String SECOND = key(2);

    @Inject AgroalDataSource dataSource;
    @Inject SecretBox ofTheApp;

    @ConfigProperty(name = "vigie.secrets.key")
    String keyOfTheApp;

    @TempDir Path folder;

    private static String key(int filling) {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) filling);
        return Base64.getEncoder().encodeToString(key);
    }

    private static String idOf(String key) {
        return SecretBox.idOf(Base64.getDecoder().decode(key));
    }

    private record Settings(Optional<String> key, Path keyFile, Optional<List<String>> formerKeys)
            implements SecretConfig {}

    private Secrets process(String key, String... former) {
        return new Secrets(
                new Settings(
                        Optional.ofNullable(key),
                        folder.resolve("secret.key"),
                        Optional.of(List.of(former))),
                dataSource);
    }

    /** As if no process had ever started on this database. */
    @BeforeEach
    void forget() throws SQLException {
        execute("delete from secret_key");
    }

    @AfterEach
    void restore() throws SQLException {
        forget();
        execute("insert into secret_key (id, key_id) values (1, ?)", ofTheApp.keyId());
    }

    private void execute(String sql, String... values) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setString(i + 1, values[i]);
            }
            statement.execute();
        }
    }

    private List<String> noted() throws SQLException {
        try (Connection connection = dataSource.getConnection();
                var rows =
                        connection
                                .createStatement()
                                .executeQuery("select key_id from secret_key")) {
            var ids = Stream.<String>builder();
            while (rows.next()) {
                ids.add(rows.getString(1));
            }
            return ids.build().toList();
        }
    }

    @Test
    void theKeyOfTheConfigurationSeals() {
        assertThat(ofTheApp.keyId()).isEqualTo(idOf(keyOfTheApp));
    }

    @Test
    void theFirstProcessNotesItsKeyAndTheNextFindsIt() throws SQLException {
        String sealed = process(FIRST).box().seal(new Secret("s"), "here");

        assertThat(noted()).containsExactly(idOf(FIRST));
        assertThat(process(FIRST).box().open(sealed, "here").reveal()).isEqualTo("s");
        assertThat(noted()).containsExactly(idOf(FIRST));
    }

    @Test
    void anotherKeyIsRefusedAndTheNotedOneStays() throws SQLException {
        process(FIRST).box();

        assertThatThrownBy(() -> process(SECOND).box())
                .isInstanceOf(UnusableKeyException.class)
                .hasMessageContainingAll(idOf(FIRST), idOf(SECOND), "vigie.secrets.former-keys")
                .hasMessageNotContainingAny(FIRST, SECOND);
        assertThat(noted()).containsExactly(idOf(FIRST));
    }

    @Test
    void aFormerKeyOpensAndTheNewOneIsNoted() throws SQLException {
        String sealed = process(FIRST).box().seal(new Secret("s"), "here");

        SecretBox both = process(SECOND, FIRST).box();

        assertThat(both.open(sealed, "here").reveal()).isEqualTo("s");
        assertThat(both.isOutdated(sealed)).isTrue();
        assertThat(noted()).containsExactly(idOf(SECOND));
        assertThat(process(SECOND).box().keyId()).isEqualTo(idOf(SECOND));
        assertThatThrownBy(() -> process(FIRST).box()).isInstanceOf(UnusableKeyException.class);
    }

    @Test
    void aFormerKeyThatNobodyUsedHelpsNothing() {
        assertThat(process(FIRST).box().keyId()).isEqualTo(idOf(FIRST));

        assertThatThrownBy(() -> process(SECOND, key(3)).box())
                .isInstanceOf(UnusableKeyException.class);
    }

    @Test
    void withoutAKeyTheFirstProcessMakesOneAndLaterOnesNeedIt() throws SQLException {
        SecretBox made = process(null).box();
        assertThat(noted()).containsExactly(made.keyId());
        assertThat(process(null).box().keyId()).isEqualTo(made.keyId());

        assertThat(folder.resolve("secret.key").toFile().delete()).isTrue();

        assertThatThrownBy(() -> process(null).box())
                .isInstanceOf(UnusableKeyException.class)
                .hasMessageContaining("Bring it back");
        assertThat(folder.resolve("secret.key")).doesNotExist();
        assertThat(noted()).containsExactly(made.keyId());
    }

    @Test
    void ofTwoThatBeginAtOnceWithTwoKeysOneDoesNotStart() throws Exception {
        var start = new CyclicBarrier(2);
        int started = 0;
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            List<Future<SecretBox>> boxes =
                    threads.invokeAll(
                            List.of(begin(process(FIRST), start), begin(process(SECOND), start)));
            for (Future<SecretBox> box : boxes) {
                try {
                    assertThat(noted()).containsExactly(box.get().keyId());
                    started++;
                } catch (ExecutionException e) {
                    assertThat(e).hasCauseInstanceOf(UnusableKeyException.class);
                }
            }
        }
        assertThat(started).isEqualTo(1);
    }

    private static Callable<SecretBox> begin(Secrets process, CyclicBarrier start) {
        return () -> {
            start.await();
            return process.box();
        };
    }
}
