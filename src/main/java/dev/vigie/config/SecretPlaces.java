package dev.vigie.config;

import io.smallrye.config.ConfigValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Where secrets stand, and who else can read them there. */
final class SecretPlaces {

    private SecretPlaces() {}

    /** Files that everybody on this machine can read. */
    static List<String> refusals(EffectiveConfig config, boolean insecure) {
        List<String> refusals = new ArrayList<>();
        if (!insecure) {
            files(config)
                    .forEach((file, key) -> {
                        if (permissions(file).contains(PosixFilePermission.OTHERS_READ)) {
                            refusals.add(
                                    "Everybody on this machine can read %s in %s: chmod 600 %s"
                                            .formatted(key, file, file));
                        }
                    });
        }
        keyFile(config).ifPresent(refusals::add);
        return refusals;
    }

    /** The same that starts the sealing of secrets would be refused by it, only later. */
    private static Optional<String> keyFile(EffectiveConfig config) {
        if (config.value("vigie.secrets.key").isPresent()) {
            return Optional.empty();
        }
        Path file = Path.of(config.value("vigie.secrets.key-file").orElseThrow());
        Set<PosixFilePermission> permissions = permissions(file);
        return permissions.contains(PosixFilePermission.OTHERS_READ)
                        || permissions.contains(PosixFilePermission.GROUP_READ)
                ? Optional.of("Others can read %s: chmod 600 %s".formatted(file, file))
                : Optional.empty();
    }

    /** Secrets on the command line, and files that a group can read. */
    static List<String> warnings(EffectiveConfig config, boolean insecure) {
        List<String> warnings = new ArrayList<>();
        for (String key : keys()) {
            if (Origin.isCommandLine(config.config().getConfigValue(key).getSourceName())) {
                warnings.add(
                        "%s was given with -D, where everybody who lists processes can read it; set %s in the environment instead."
                                .formatted(key, Setting.variable(key)));
            }
        }
        files(config)
                .forEach((file, key) -> {
                    Set<PosixFilePermission> permissions = permissions(file);
                    boolean all = permissions.contains(PosixFilePermission.OTHERS_READ);
                    if (all ? insecure : permissions.contains(PosixFilePermission.GROUP_READ)) {
                        warnings.add(
                                "Others can read %s in %s: chmod 600 %s"
                                        .formatted(key, file, file));
                    }
                });
        return warnings;
    }

    /** The files that hold secrets, each with the first of them. */
    private static TreeMap<Path, String> files(EffectiveConfig config) {
        TreeMap<Path, String> files = new TreeMap<>();
        for (String key : keys()) {
            ConfigValue value = config.config().getConfigValue(key);
            if (value.getSourceName() != null && value.getValue() != null) {
                Origin.file(value.getSourceName(), value.getConfigSourceOrdinal())
                        .ifPresent(file -> files.putIfAbsent(file, key));
            }
        }
        return files;
    }

    private static List<String> keys() {
        List<String> keys = new ArrayList<>(EffectiveConfig.SECRETS_OF_QUARKUS);
        Settings.ALL.stream().filter(Setting::isSecret).map(Setting::key).forEach(keys::add);
        return keys;
    }

    /** None where there is no file, or no such thing as permissions. */
    private static Set<PosixFilePermission> permissions(Path file) {
        try {
            return Files.getPosixFilePermissions(file);
        } catch (IOException | UnsupportedOperationException e) {
            return Set.of();
        }
    }
}
