package dev.vigie.config;

import io.smallrye.config.ConfigValue;
import io.smallrye.config.SmallRyeConfig;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;

/** The settings as they are in force, without the service. */
public final class EffectiveConfig {

    /** What is shown in place of a secret. */
    public static final String HIDDEN = "•••";

    /** Settings of Quarkus that the README speaks of. */
    private static final List<String> OF_QUARKUS =
            List.of(
                    "quarkus.datasource.jdbc.url",
                    "quarkus.datasource.password",
                    "quarkus.datasource.username",
                    "quarkus.http.host",
                    "quarkus.http.port",
                    "quarkus.log.console.json.enabled",
                    "quarkus.log.level",
                    "quarkus.mailer.from",
                    "quarkus.mailer.host",
                    "quarkus.mailer.password",
                    "quarkus.mailer.port",
                    "quarkus.mailer.start-tls",
                    "quarkus.mailer.tls",
                    "quarkus.mailer.username");

    static final List<String> SECRETS_OF_QUARKUS =
            List.of("quarkus.datasource.password", "quarkus.mailer.password");

    /** What is surely no secret among what Kafka's producer can be told. */
    private static final Predicate<String> OPEN_OF_KAFKA =
            Pattern.compile(".*(protocol|mechanism|location|type|client\\.id|acks|\\.ms)")
                    .asMatchPredicate();

    private static final Pattern PASSWORD_IN_URL =
            Pattern.compile("(?i)(?<=://)[^/@\\s]*(?=@)|(?<=[?&;](?:password|user)=)[^&;]*");

    private final SmallRyeConfig config;

    EffectiveConfig(SmallRyeConfig config) {
        this.config = config;
    }

    /** That of this process. */
    public static EffectiveConfig ofThisProcess() {
        return new EffectiveConfig(ConfigProvider.getConfig().unwrap(SmallRyeConfig.class));
    }

    /**
     * One setting.
     *
     * @param value null if it has none
     * @param origin {@code default}, {@code environment}, {@code -D} or the path of a file
     */
    public record Entry(String key, @Nullable String value, String origin) {}

    /** All of them in the order of their names; secrets are not shown. */
    public List<Entry> entries() {
        List<Entry> entries = new ArrayList<>();
        for (Setting setting : Settings.ALL) {
            if (!setting.isFamily()) {
                entries.add(
                        entry(
                                setting.key(),
                                value(setting.key()).orElse(null),
                                setting.isSecret()));
            }
        }
        familyMembers()
                .forEach(name ->
                        entries.add(entry(name, given(name).orElse(null), isHiddenMember(name))));
        OF_QUARKUS.forEach(key ->
                given(key)
                        .ifPresent(value ->
                                entries.add(entry(key, value, SECRETS_OF_QUARKUS.contains(key)))));
        entries.sort(Comparator.comparing(Entry::key));
        return entries;
    }

    private static boolean isHiddenMember(String name) {
        return name.toLowerCase(Locale.ROOT).contains("kafka")
                && !OPEN_OF_KAFKA.test(name.toLowerCase(Locale.ROOT).replace('_', '.'));
    }

    private Entry entry(String key, @Nullable String value, boolean hidden) {
        ConfigValue found = config.getConfigValue(key);
        String shown =
                value == null || hidden && !value.isEmpty()
                        ? value == null ? null : HIDDEN
                        : PASSWORD_IN_URL.matcher(oneLine(value)).replaceAll(HIDDEN);
        return new Entry(
                key, shown, Origin.shown(found.getSourceName(), found.getConfigSourceOrdinal()));
    }

    private static String oneLine(String value) {
        return value.replace("\r", "").replace("\n", "\\n").replaceAll("\\p{Cntrl}", "?");
    }

    /** The names of settings that stand for many, as they were given. */
    List<String> familyMembers() {
        return GivenName.all(config).stream()
                .map(GivenName::name)
                .filter(name -> Settings.named(name).filter(Setting::isFamily).isPresent())
                .distinct()
                .toList();
    }

    /** What somebody has set, or what the application's own file says. */
    Optional<String> given(String name) {
        return Optional.ofNullable(config.getConfigValue(name).getValue());
    }

    /** The value in force; empty if there is none. */
    public Optional<String> value(String key) {
        Optional<String> given = given(key).filter(value -> !value.isEmpty());
        return given.isPresent()
                ? given
                : Settings.named(key)
                        .map(Setting::fallback)
                        .map(value -> value.replace("${vigie.data-dir}", dataDir()));
    }

    private String dataDir() {
        return given("vigie.data-dir").orElse("./data");
    }

    SmallRyeConfig config() {
        return config;
    }
}
