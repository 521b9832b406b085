package dev.vigie.secret;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vigie.secret.SecretKeys.UnusableKeyException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys that are none, or that others can read, are refused in a sentence (G03). */
@NullUnmarked
class SecretKeysTest {

    private static final String KEY = Base64.getEncoder().encodeToString(new byte[32]);
    private static final String OTHER =
            Base64.getEncoder()
                    .encodeToString(
                            "another key of thirty-two bytes."
                                    .getBytes(java.nio.charset.StandardCharsets.US_ASCII));

    @TempDir Path folder;
    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("data/secret.key");
    }

    private record Settings(Optional<String> key, Path keyFile, Optional<List<String>> formerKeys)
            implements SecretConfig {}

    private Settings settings(String key, String... former) {
        return new Settings(
                Optional.ofNullable(key),
                file,
                former.length == 0 ? Optional.empty() : Optional.of(List.of(former)));
    }

    private void write(String text, String mode) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text, US_ASCII);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }

    @Test
    void theFirstStartMakesAKeyThatOnlyItsOwnerCanRead() throws IOException {
        byte[] made = SecretKeys.load(settings(null), true).getFirst();

        assertThat(made).hasSize(32).isNotEqualTo(new byte[32]);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(SecretKeys.load(settings(null), true)).containsExactly(made);
        assertThat(SecretKeys.load(settings(null), false)).containsExactly(made);
    }

    @Test
    void everyFirstStartMakesAnotherKey() throws IOException {
        byte[] first = SecretKeys.load(settings(null), true).getFirst();
        Files.delete(file);

        assertThat(SecretKeys.load(settings(null), true)).doesNotContain(first);
    }

    @Test
    void aKeyInTheConfigurationNeedsNoFile() {
        assertThat(SecretKeys.load(settings(" " + OTHER + "\n", KEY), true))
                .containsExactly(Base64.getDecoder().decode(OTHER), new byte[32]);
        assertThat(file).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  "})
    void anEmptyKeyInTheConfigurationIsNone(String key) {
        assertThat(SecretKeys.load(settings(key), true)).hasSize(1);
        assertThat(file).exists();
    }

    @Test
    void aKeyThatIsMissingThoughSecretsWereSealedIsNotMadeAnew() {
        assertThatThrownBy(() -> SecretKeys.load(settings(null), false))
                .isInstanceOf(UnusableKeyException.class)
                .hasMessageContainingAll(file.toString(), "vigie.secrets.key", "Bring it back");
        assertThat(file).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rwx------", "rw-rw-rw-"})
    void aFileThatIsNotItsOwnersAloneIsRefused(String mode) throws IOException {
        write(KEY, mode);

        assertThatThrownBy(() -> SecretKeys.load(settings(null), true))
                .isInstanceOf(UnusableKeyException.class)
                .hasMessageContaining("chmod 600 " + file)
                .hasMessageNotContaining(KEY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-------", "r--------"})
    void aFileThatIsItsOwnersAloneIsTaken(String mode) throws IOException {
        write(OTHER + "\n", mode);

        assertThat(SecretKeys.load(settings(null), false))
                .containsExactly(Base64.getDecoder().decode(OTHER));
    }

    static Stream<String> junk() {
        return Stream.of(
                "junk",
                "hunter2hunter2hunter2hunter2hunter2",
                Base64.getEncoder().encodeToString(new byte[31]),
                Base64.getEncoder().encodeToString(new byte[33]),
                KEY + KEY,
                KEY + "\n" + OTHER,
                KEY.substring(1),
                "00".repeat(32));
    }

    @ParameterizedTest
    @MethodSource("junk")
    void whatIsNoKeyIsRefusedWhereverItStandsAndIsNotShown(String junk) throws IOException {
        write(junk, "rw-------");

        unusable(settings(null), file.toString(), junk);
        unusable(settings(junk), "vigie.secrets.key", junk);
        unusable(settings(OTHER, junk), "vigie.secrets.former-keys", junk);
    }

    @Test
    void anEmptyFileIsRefusedAndStays() throws IOException {
        write("", "rw-------");

        unusable(settings(null), file.toString(), KEY);
        assertThat(file).isEmptyFile();
    }

    @Test
    void aFileThatIsTooLongIsRefused() throws IOException {
        write(KEY + " ".repeat(200), "rw-------");

        unusable(settings(null), file.toString(), KEY);
    }

    @Test
    void aFileThatIsNoTextOrNoFileIsRefused() throws IOException {
        write("", "rw-------");
        Files.write(file, new byte[] {(byte) 0xff, (byte) 0xfe});
        cannotBeRead();

        Files.delete(file);
        Files.createDirectory(
                file,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        cannotBeRead();
    }

    private void cannotBeRead() {
        assertThatThrownBy(() -> SecretKeys.load(settings(null), true))
                .isInstanceOf(UnusableKeyException.class)
                .hasMessageStartingWith("The key in %s cannot be read: ".formatted(file));
    }

    private static void unusable(Settings settings, String where, String junk) {
        assertThatThrownBy(() -> SecretKeys.load(settings, true))
                .isInstanceOf(UnusableKeyException.class)
                .hasMessageStartingWith(where + " must be 32 random bytes in base64")
                .hasMessageContaining("openssl rand -base64 32")
                .hasMessageNotContaining(junk);
    }
}
