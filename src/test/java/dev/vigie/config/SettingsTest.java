package dev.vigie.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithParentName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table, the declarations and the README say the same. */
@NullUnmarked
class SettingsTest {

    private static final Pattern INJECTED =
            Pattern.compile(
                    "@ConfigProperty\\(\\s*name = \"(vigie\\.[^\"]+)\"(?:,\\s*defaultValue ="
                            + " \"([^\"]*)\")?");
    private static final Pattern SCHEDULED = Pattern.compile("\"\\{(vigie\\.[a-z.-]+)\\}\"");
    private static final Pattern OWN_FILE =
            Pattern.compile("(?m)^(%[^.]+\\.)?(vigie\\.[^=]+)=(.*)$");

    /** What nothing but the check of the settings reads. */
    private static final Map<String, String> OF_THE_CHECK = Map.of("vigie.insecure", "false");

    /** Keys with their defaults, empty for none. */
    private static Map<String, String> declared() {
        Map<String, String> declared = new TreeMap<>(OF_THE_CHECK);
        for (JavaClass type :
                new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages("dev.vigie")) {
            if (type.isAnnotatedWith(ConfigMapping.class)) {
                Class<?> mapping = type.reflect();
                addAll(mapping.getAnnotation(ConfigMapping.class).prefix(), mapping, declared);
            }
        }
        sources()
                .forEach(text -> {
                    INJECTED.matcher(text)
                            .results()
                            .forEach(found ->
                                    declared.merge(
                                            found.group(1),
                                            Optional.ofNullable(found.group(2)).orElse(""),
                                            (one, other) -> one.isEmpty() ? other : one));
                    SCHEDULED
                            .matcher(text)
                            .results()
                            .forEach(found -> declared.putIfAbsent(found.group(1), ""));
                });
        ownFile()
                .filter(line -> line.group(1) == null)
                .forEach(line -> declared.put(line.group(2), line.group(3)));
        return declared;
    }

    private static void addAll(String prefix, Class<?> mapping, Map<String, String> declared) {
        for (Method method : mapping.getDeclaredMethods()) {
            String key = prefix + "." + kebab(method.getName());
            if (method.isAnnotationPresent(WithParentName.class)) {
                for (Class<?> inner : mapping.getDeclaredClasses()) {
                    addAll(prefix + ".<log id>", inner, declared);
                }
            } else if (method.getReturnType() == Map.class) {
                declared.put(key + ".*", "");
            } else {
                WithDefault fallback = method.getAnnotation(WithDefault.class);
                declared.put(key, fallback == null || prefix.contains("<") ? "" : fallback.value());
            }
        }
    }

    private static String kebab(String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    private static Stream<String> sources() {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            return files
                    .filter(f -> f.toString().endsWith(".java"))
                    .map(SettingsTest::read)
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<MatchResult> ownFile() {
        return OWN_FILE.matcher(read(Path.of("src/main/resources/application.properties")))
                .results();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void theTableHasWhatIsDeclaredWithTheSameDefaults() {
        Map<String, String> table =
                Settings.ALL.stream()
                        .collect(
                                Collectors.toMap(
                                        Setting::key,
                                        s -> s.fallback() == null ? "" : s.fallback(),
                                        (one, other) -> one,
                                        TreeMap::new));

        assertThat(table).isEqualTo(declared());
    }

    @Test
    void ourOwnFileHasNoUnknownKeysInAnyProfile() {
        assertThat(ownFile().map(line -> line.group(2)))
                .allMatch(key -> Settings.named(key).isPresent());
    }

    static List<Setting> withFallback() {
        return Settings.ALL.stream().filter(setting -> setting.fallback() != null).toList();
    }

    @ParameterizedTest
    @MethodSource("withFallback")
    void aDefaultIsAsAValueHasToBe(Setting setting) {
        assertThat(setting.form().fits(setting.fallback())).isTrue();
    }

    @Test
    void whatIsDeclaredAsATimeNeedsAUnitAndWhatIsANumberNeedsOne() {
        for (JavaClass type : new ClassFileImporter().importPackages("dev.vigie")) {
            if (!type.isAnnotatedWith(ConfigMapping.class)) {
                continue;
            }
            Class<?> mapping = type.reflect();
            for (Method method : mapping.getDeclaredMethods()) {
                String key =
                        mapping.getAnnotation(ConfigMapping.class).prefix()
                                + "."
                                + kebab(method.getName());
                Class<?> returned = method.getReturnType();
                if (returned == Duration.class) {
                    assertThat(form(key).fits("15")).as(key).isFalse();
                    assertThat(form(key).fits("15s") || form(key).fits("15d")).as(key).isTrue();
                } else if (returned == int.class || returned == boolean.class) {
                    assertThat(form(key).fits("ture")).as(key).isFalse();
                }
            }
        }
    }

    private static Form form(String key) {
        return Settings.named(key).orElseThrow().form();
    }

    @Test
    void theTableIsInOrder() {
        assertThat(Settings.ALL.stream().map(Setting::key)).isSorted();
    }

    @Test
    void theReadmeHasARowForEachAndForNothingElse() {
        Set<String> described = new TreeSet<>();
        read(Path.of("README.md"))
                .lines()
                .filter(line -> line.startsWith("| `vigie."))
                .forEach(line -> described.addAll(keys(line.split("\\|")[1])));
        Set<String> known =
                Settings.ALL.stream()
                        .map(Setting::key)
                        .collect(Collectors.toCollection(TreeSet::new));

        assertThat(described).isEqualTo(known);
    }

    /** In a cell, {@code .this} stands for what the key before it begins with. */
    private static Set<String> keys(String cell) {
        Set<String> keys = new TreeSet<>();
        String first = "";
        Matcher code = Pattern.compile("`([^`]+)`").matcher(cell);
        while (code.find()) {
            String key = code.group(1).replace("\"<log id in hex>\"", "<log id>");
            if (key.startsWith(".")) {
                key = first.substring(0, first.lastIndexOf('.')) + key;
            } else {
                first = key;
            }
            keys.add(key);
        }
        return keys;
    }
}
