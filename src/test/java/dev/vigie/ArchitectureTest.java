package dev.vigie;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which package may use which. A new package has to be entered here. */
class ArchitectureTest {

    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages("dev.vigie");

    private static final Set<String> CORE =
            Set.of(
                    "hash",
                    "net",
                    "net.http",
                    "ct.merkle",
                    "ct",
                    "ct.client",
                    "ct.loglist",
                    "dns",
                    "follow",
                    "x509",
                    "rule",
                    "rule.address",
                    "rule.lookalike",
                    "rule.text",
                    "simulator");

    private static final Map<String, Set<String>> MAY_USE =
            Map.ofEntries(
                    Map.entry("hash", Set.of()),
                    Map.entry("net", Set.of()),
                    Map.entry("net.http", Set.of("net")),
                    Map.entry("ct.merkle", Set.of("hash")),
                    Map.entry("ct", Set.of("ct.merkle", "hash")),
                    Map.entry(
                            "ct.client",
                            Set.of("ct", "ct.merkle", "dns", "hash", "net", "net.http")),
                    Map.entry("ct.loglist", Set.of("ct", "dns", "hash")),
                    Map.entry("dns", Set.of()),
                    Map.entry(
                            "follow",
                            Set.of("ct", "ct.client", "ct.loglist", "dns", "hash", "net", "x509")),
                    Map.entry(
                            "cli",
                            Set.of(
                                    "audit",
                                    "config",
                                    "ct",
                                    "ct.loglist",
                                    "dns",
                                    "follow",
                                    "match",
                                    "rule",
                                    "rule.lookalike",
                                    "net",
                                    "x509")),
                    Map.entry("x509", Set.of("hash")),
                    Map.entry("rule.address", Set.of("net")),
                    Map.entry("rule.lookalike", Set.of("dns")),
                    Map.entry("rule.text", Set.of("dns")),
                    Map.entry(
                            "rule",
                            Set.of(
                                    "dns",
                                    "net",
                                    "rule.address",
                                    "rule.lookalike",
                                    "rule.text",
                                    "x509")),
                    Map.entry(
                            "simulator",
                            Set.of("ct", "ct.client", "ct.loglist", "ct.merkle", "hash")),
                    Map.entry("recent", Set.of("hash", "rule", "x509")),
                    Map.entry("database", Set.of()),
                    Map.entry("logs", Set.of("ct", "ct.loglist")),
                    Map.entry("team", Set.of("database")),
                    Map.entry("audit", Set.of("hash", "team", "database")),
                    Map.entry("idempotency", Set.of("secret")),
                    Map.entry("retention", Set.of("database")),
                    Map.entry(
                            "watchlist",
                            Set.of(
                                    "team",
                                    "database",
                                    "dns",
                                    "incident",
                                    "rule",
                                    "rule.lookalike",
                                    "rule.text")),
                    Map.entry(
                            "match",
                            Set.of(
                                    "team",
                                    "ct",
                                    "database",
                                    "dns",
                                    "hash",
                                    "logs",
                                    "net",
                                    "rule",
                                    "watchlist",
                                    "x509")),
                    Map.entry("incident", Set.of("team", "database", "dns", "logs")),
                    Map.entry(
                            "authorisation",
                            Set.of(
                                    "team",
                                    "database",
                                    "dns",
                                    "hash",
                                    "match",
                                    "net",
                                    "watchlist",
                                    "x509")),
                    Map.entry(
                            "delivery",
                            Set.of(
                                    "team",
                                    "authorisation",
                                    "database",
                                    "dns",
                                    "incident",
                                    "match",
                                    "net",
                                    "rule",
                                    "secret",
                                    "watchlist")),
                    Map.entry("secret", Set.of()),
                    Map.entry(
                            "notify",
                            Set.of(
                                    "delivery",
                                    "dns",
                                    "incident",
                                    "match",
                                    "net",
                                    "rule",
                                    "secret",
                                    "watchlist")),
                    Map.entry(
                            "renewal",
                            Set.of("database", "dns", "incident", "match", "rule", "watchlist")),
                    Map.entry("web", Set.of("access", "access.guess", "delivery", "dns", "match")),
                    Map.entry(
                            "lookback",
                            Set.of("ct", "database", "logs", "match", "rule", "team", "watchlist")),
                    Map.entry("access.guess", Set.of("net")),
                    Map.entry("access.password", Set.of()),
                    Map.entry(
                            "access",
                            Set.of(
                                    "access.guess",
                                    "access.password",
                                    "database",
                                    "dns",
                                    "hash",
                                    "team")),
                    Map.entry(
                            "monitor",
                            Set.of(
                                    "authorisation",
                                    "ct",
                                    "ct.client",
                                    "ct.loglist",
                                    "ct.merkle",
                                    "database",
                                    "delivery",
                                    "dns",
                                    "follow",
                                    "hash",
                                    "incident",
                                    "logs",
                                    "lookback",
                                    "match",
                                    "net",
                                    "recent",
                                    "rule",
                                    "stream",
                                    "watchlist",
                                    "x509")),
                    Map.entry(
                            "stream",
                            Set.of(
                                    "team",
                                    "access",
                                    "ct",
                                    "ct.client",
                                    "ct.loglist",
                                    "dns",
                                    "follow",
                                    "hash",
                                    "match",
                                    "watchlist",
                                    "x509")),
                    Map.entry("api", Set.of("access", "dns", "team", "database")),
                    Map.entry(
                            "api.change",
                            Set.of(
                                    "access",
                                    "access.guess",
                                    "api",
                                    "audit",
                                    "database",
                                    "dns",
                                    "hash",
                                    "idempotency",
                                    "team",
                                    "watchlist")),
                    Map.entry(
                            "api.channel",
                            Set.of(
                                    "access",
                                    "api",
                                    "api.change",
                                    "delivery",
                                    "rule",
                                    "secret",
                                    "watchlist")),
                    Map.entry("api.description", Set.of()),
                    Map.entry(
                            "api.guard",
                            Set.of("access", "api", "api.change", "audit", "team", "dns")),
                    Map.entry(
                            "api.log",
                            Set.of(
                                    "access",
                                    "api",
                                    "api.change",
                                    "ct",
                                    "ct.loglist",
                                    "hash",
                                    "incident",
                                    "logs",
                                    "lookback")),
                    Map.entry(
                            "api.match",
                            Set.of(
                                    "access",
                                    "api",
                                    "api.change",
                                    "dns",
                                    "hash",
                                    "match",
                                    "team",
                                    "watchlist",
                                    "database")),
                    Map.entry(
                            "api.people",
                            Set.of(
                                    "access",
                                    "access.guess",
                                    "access.password",
                                    "api",
                                    "api.change",
                                    "api.guard",
                                    "audit",
                                    "team",
                                    "watchlist")),
                    Map.entry(
                            "api.problem",
                            Set.of(
                                    "access",
                                    "access.guess",
                                    "access.password",
                                    "api",
                                    "api.guard",
                                    "api.people",
                                    "api.rule",
                                    "authorisation",
                                    "delivery",
                                    "dns",
                                    "idempotency",
                                    "logs",
                                    "lookback",
                                    "net",
                                    "recent",
                                    "rule",
                                    "team")),
                    Map.entry(
                            "api.rule",
                            Set.of(
                                    "access",
                                    "api",
                                    "api.change",
                                    "api.guard",
                                    "api.watchlist",
                                    "dns",
                                    "lookback",
                                    "net",
                                    "recent",
                                    "rule",
                                    "rule.lookalike",
                                    "watchlist",
                                    "x509")),
                    Map.entry(
                            "api.watchlist",
                            Set.of(
                                    "access",
                                    "api",
                                    "api.change",
                                    "authorisation",
                                    "delivery",
                                    "dns",
                                    "hash",
                                    "watchlist")),
                    Map.entry(
                            "demo",
                            Set.of(
                                    "ct.loglist",
                                    "incident",
                                    "logs",
                                    "monitor",
                                    "rule",
                                    "simulator",
                                    "watchlist")),
                    Map.entry(
                            "canary",
                            Set.of(
                                    "ct",
                                    "ct.loglist",
                                    "database",
                                    "delivery",
                                    "hash",
                                    "incident",
                                    "logs",
                                    "match",
                                    "monitor",
                                    "simulator",
                                    "x509")),
                    Map.entry("config", Set.of("ct.loglist", "follow", "net")),
                    Map.entry("app", Set.of("cli", "config", "database")));

    static Stream<String> packages() {
        return CLASSES.stream().map(c -> packageOf(c.getPackageName())).distinct().sorted();
    }

    private static String packageOf(String fullName) {
        return fullName.equals("dev.vigie") ? "" : fullName.substring("dev.vigie.".length());
    }

    @ParameterizedTest
    @MethodSource("packages")
    void aPackageUsesOnlyWhatItsRowAllows(String name) {
        assertThat(MAY_USE).as("packages that are known").containsKey(name);
        Set<String> used =
                CLASSES.stream()
                        .filter(c -> packageOf(c.getPackageName()).equals(name))
                        .flatMap(c -> c.getDirectDependenciesFromSelf().stream())
                        .map(d -> d.getTargetClass().getPackageName())
                        .filter(p -> p.startsWith("dev.vigie"))
                        .map(ArchitectureTest::packageOf)
                        .filter(p -> !p.equals(name))
                        .collect(Collectors.toCollection(TreeSet::new));

        used.removeAll(MAY_USE.get(name));

        assertThat(used).as("packages that %s may not use", name).isEmpty();
    }

    @Test
    void theCoreKnowsNeitherQuarkusNorADatabase() {
        classes()
                .that(resideInAnyPackage(coreWith("")))
                .should()
                .onlyDependOnClassesThat(
                        resideInAnyPackage(
                                coreWith(
                                        "java..",
                                        "javax.crypto..",
                                        "javax.net.ssl..",
                                        "com.sun.net.httpserver..",
                                        "com.fasterxml.jackson..",
                                        "com.google.re2j..",
                                        "com.ibm.icu..",
                                        "org.jspecify.annotations..")))
                .because("it is usable, and tested, without the service")
                .check(CLASSES);
    }

    private static String[] coreWith(String... others) {
        return Stream.concat(CORE.stream().map(p -> "dev.vigie." + p), Stream.of(others))
                .filter(p -> !p.isEmpty())
                .toArray(String[]::new);
    }

    @Test
    void packagesDoNotGoRoundInCircles() {
        slices().matching("dev.vigie.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void nobodyAsksTheClockOfTheMachine() {
        noClasses()
                .that(not(resideInAnyPackage("dev.vigie.app")))
                .should()
                .accessTargetWhere(
                        target(owner(equivalentTo(Instant.class))).and(target(name("now"))))
                .because("tests bring a clock of their own")
                .check(CLASSES);
    }

    @Test
    void theEdgesBeginNoTransaction() {
        noMethods()
                .that()
                .areDeclaredInClassesThat()
                .resideInAnyPackage("dev.vigie.api..")
                .should()
                .beAnnotatedWith(Transactional.class)
                .because("what belongs together is known below")
                .check(CLASSES);
    }

    @Test
    void noFileIsLongerThan500Lines() throws IOException {
        List<Long> lengths;
        try (Stream<Path> files = Files.walk(Path.of("src"))) {
            lengths =
                    files.filter(f -> f.toString().endsWith(".java"))
                            .map(ArchitectureTest::lines)
                            .sorted()
                            .toList();
        }

        assertThat(lengths.getLast()).as("longest file").isLessThanOrEqualTo(500);
    }

    private static long lines(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Or else it would be missing in the audit (P31). */
    @Test
    void whatChangesSomethingIsWrittenDown() {
        Set<String> others =
                Set.of(
                        "RulePreviewResource.preview",
                        "RuleTestResource.test",
                        "SessionResource.logIn",
                        "SessionResource.logOut",
                        "SessionResource.changePassword");
        assertThat(
                        CLASSES.stream()
                                .filter(c -> packageOf(c.getPackageName()).startsWith("api."))
                                .flatMap(c -> c.getMethods().stream())
                                .filter(m ->
                                        Stream.of(POST.class, PUT.class, PATCH.class, DELETE.class)
                                                .anyMatch(m::isAnnotatedWith))
                                .filter(m -> !m.isAnnotatedWith("dev.vigie.api.change.Change"))
                                .map(m -> m.getOwner().getSimpleName() + "." + m.getName()))
                .containsExactlyInAnyOrderElementsOf(others);
    }
}
