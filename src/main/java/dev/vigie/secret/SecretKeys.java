package dev.vigie.secret;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds the keys that the configuration names, and makes one where there never was any. */
final class SecretKeys {

    private static final Set<PosixFilePermission> OWNER_ONLY =
            PosixFilePermissions.fromString("rw-------");
    private static final int LONGEST = 200;

    private SecretKeys() {}

    /** The keys cannot be used; the message is a sentence for who runs the service. */
    static final class UnusableKeyException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        UnusableKeyException(String message) {
            super(message);
        }
    }

    /**
     * The keys, the one that seals first.
     *
     * @param mayMake whether nothing was sealed yet, so that a new key can be made
     */
    static List<byte[]> load(SecretConfig config, boolean mayMake) {
        List<byte[]> keys = new ArrayList<>();
        Optional<String> key = config.key().filter(text -> !text.isBlank());
        keys.add(
                key.isPresent()
                        ? parse("vigie.secrets.key", key.get())
                        : ofFile(config.keyFile(), mayMake));
        for (String former : config.formerKeys().orElse(List.of())) {
            keys.add(parse("vigie.secrets.former-keys", former));
        }
        return keys;
    }

    private static byte[] parse(String where, String text) {
        byte[] key;
        try {
            key = Base64.getDecoder().decode(text.strip());
        } catch (IllegalArgumentException e) {
            key = new byte[0];
        }
        if (key.length != SecretBox.KEY_BYTES) {
            throw new UnusableKeyException(
                    "%s must be 32 random bytes in base64, as `openssl rand -base64 32` prints them."
                            .formatted(where));
        }
        return key;
    }

    private static byte[] ofFile(Path file, boolean mayMake) {
        try {
            if (mayMake && !Files.exists(file)) {
                make(file);
            }
            if (!Files.exists(file)) {
                throw new UnusableKeyException(
                        ("The secrets in the database were sealed with a key that was in %s or in"
                                        + " vigie.secrets.key. Bring it back, or give this process"
                                        + " the key of the others.")
                                .formatted(file));
            }
            if (isReadableByOthers(file)) {
                throw new UnusableKeyException(
                        "Others can read %s. Let its owner alone: chmod 600 %s"
                                .formatted(file, file));
            }
            String text = Files.readString(file, US_ASCII);
            return parse(file.toString(), text.length() > LONGEST ? "" : text);
        } catch (IOException e) {
            throw new UnusableKeyException("The key in %s cannot be read: %s".formatted(file, e));
        }
    }

    private static boolean isReadableByOthers(Path file) throws IOException {
        return Files.getFileStore(file).supportsFileAttributeView("posix")
                && !OWNER_ONLY.containsAll(Files.getPosixFilePermissions(file));
    }

    /** Under its name there is a whole key or none, whatever happens meanwhile. */
    private static void make(Path file) throws IOException {
        byte[] key = new byte[SecretBox.KEY_BYTES];
        new SecureRandom().nextBytes(key);
        Path folder = file.toAbsolutePath().resolveSibling("");
        Files.createDirectories(folder);
        Path made = Files.createTempFile(folder, "secret", ".new"); // for its owner alone
        try {
            Files.write(
                    made,
                    (Base64.getEncoder().encodeToString(key) + "\n").getBytes(US_ASCII),
                    StandardOpenOption.SYNC);
            Files.createLink(file, made);
        } catch (FileAlreadyExistsException e) {
            // another process was faster, and its key is as good
        } catch (UnsupportedOperationException e) {
            Files.move(made, file); // a file system without links
        } finally {
            Files.deleteIfExists(made);
        }
    }
}
