package dev.vigie.secret;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The key that secrets in the database are sealed with. */
@ConfigMapping(prefix = "vigie.secrets")
public interface SecretConfig {

    /**
     * 32 random bytes in base64, for instance from {@code openssl rand -base64 32}; the same for
     * all processes on one database.
     */
    Optional<String> key();

    /** Without {@link #key}: a file that holds it. It is made at the first start. */
    @WithDefault("${vigie.data-dir}/secret.key")
    Path keyFile();

    /** Keys that were used before; what was sealed with them is sealed anew at the start. */
    Optional<List<String>> formerKeys();
}
