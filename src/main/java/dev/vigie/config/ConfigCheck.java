package dev.vigie.config;

import io.smallrye.config.ConfigValue;
import io.smallrye.config.SmallRyeConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * Looks at what was configured before anything rests on it.
 *
 * @param refusals why the service must not start, a sentence each
 * @param warnings what somebody should know, a sentence each
 */
public record ConfigCheck(List<String> refusals, List<String> warnings) {

    /** That of this process. */
    public static ConfigCheck ofThisProcess() {
        return of(ConfigProvider.getConfig().unwrap(SmallRyeConfig.class));
    }

    static ConfigCheck of(SmallRyeConfig config) {
        var effective = new EffectiveConfig(config);
        List<String> refusals = new ArrayList<>(unknown(config));
        List<String> keys = new ArrayList<>(effective.familyMembers());
        Settings.ALL.stream()
                .filter(setting -> !setting.isFamily())
                .forEach(setting -> keys.add(setting.key()));
        for (String key : keys) {
            Settings.named(key)
                    .flatMap(setting -> fault(key, setting, config.getConfigValue(key)))
                    .ifPresent(refusals::add);
        }
        // what follows would be wrong about what is not even readable
        List<String> warnings = new ArrayList<>();
        if (refusals.isEmpty()) {
            var dangers = new Dangers(effective);
            refusals.addAll(dangers.refusals());
            warnings.addAll(dangers.warnings());
        }
        return new ConfigCheck(List.copyOf(refusals), List.copyOf(warnings));
    }

    private static TreeSet<String> unknown(SmallRyeConfig config) {
        TreeSet<String> unknown = new TreeSet<>();
        for (GivenName given : GivenName.all(config)) {
            if (Settings.named(given.name()).isEmpty()) {
                unknown.add(
                        "%s is no setting of Vigie%s"
                                .formatted(
                                        given.name(),
                                        NearestName.to(given.name(), given.isVariable())
                                                .map("; did you mean %s?"::formatted)
                                                .orElse(".")));
            }
        }
        return unknown;
    }

    private static Optional<String> fault(String key, Setting setting, ConfigValue found) {
        String value = found.getValue();
        String requirement = setting.form().requirement();
        if (value == null) {
            return found.getRawValue() == null
                    ? Optional.empty()
                    : Optional.of("%s refers to something that is not set.".formatted(key));
        }
        if (value.isEmpty()) {
            return setting.fallback() == null
                    ? Optional.empty()
                    : Optional.of("%s is empty, but must be %s.".formatted(key, requirement));
        }
        if (setting.form().fits(value)) {
            return Optional.empty();
        }
        return Optional.of(
                setting.isSecret()
                        ? "%s must be %s.".formatted(key, requirement)
                        : "%s is '%s', but must be %s.".formatted(key, shown(value), requirement));
    }

    private static String shown(String value) {
        String line = value.replaceAll("\\p{Cntrl}+", " ");
        return line.length() > 80 ? line.substring(0, 80) + "…" : line;
    }
}
