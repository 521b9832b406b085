package dev.vigie.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What must not be started with is refused, by the name of the key (4-G). */
@NullUnmarked
class ConfigCheckTest {

    private static final String GOOD_TOKEN = "f3a9c1e07b5d2846";

    @TempDir Path folder;

    @ParameterizedTest(name = "G01 {0}")
    @CsvSource({
        "vigie.monitr.poll-interval, vigie.monitor.poll-interval",
        "vigie.monitor.pollInterval, vigie.monitor.poll-interval",
        "vigie.dmeo, vigie.demo",
        "%prod.vigie.datadir, vigie.data-dir",
        "%dev.vigie.base.url, vigie.base-url",
    })
    void anUnknownKeyIsRefusedWithTheNearestOne(String typed, String meant) {
        assertThat(Given.property(typed, "1").check().refusals())
                .containsExactly(
                        "%s is no setting of Vigie; did you mean %s?"
                                .formatted(typed.replaceFirst("%\\w+\\.", ""), meant));
    }

    @Test
    void g01AnUnknownVariableIsRefusedAsItWasWritten() {
        assertThat(Given.variable("VIGIE_MONITR_POLL_INTERVAL", "5s").check().refusals())
                .containsExactly(
                        "VIGIE_MONITR_POLL_INTERVAL is no setting of Vigie; did you mean"
                                + " VIGIE_MONITOR_POLL_INTERVAL?");
        assertThat(Given.variable("VIGIE_SOMETHING_ELSE_ALTOGETHER", "5s").check().refusals())
                .containsExactly("VIGIE_SOMETHING_ELSE_ALTOGETHER is no setting of Vigie.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "VIGIE_TOKEN",
                "VIGIE_SERVICE_HOST",
                "VIGIE_SERVICE_PORT_HTTP",
                "VIGIE_PORT",
                "VIGIE_PORT_8080_TCP_ADDR",
                "VIGIE_POSTGRES_PORT_5432_TCP",
                "NOT_VIGIE",
                "VIGIE_LOG_LIST_URL_OF_NOBODY_SERVICE_PORT",
            })
    void g01WhatIsNotMeantForTheServiceIsLeftAlone(String variable) {
        assertThat(Given.variable(variable, "tcp://10.0.0.1:8080").check().refusals()).isEmpty();
    }

    @ParameterizedTest(name = "G01 {0}={1}")
    @CsvSource({
        "vigie.monitor.poll-interval, 15",
        "vigie.monitor.poll-interval, 0s",
        "vigie.monitor.poll-interval, -5s",
        "vigie.monitor.poll-interval, soon",
        "vigie.monitor.poll-interval, 999999999d",
        "vigie.monitor.poll-interval, ''",
        "vigie.delivery.retry-delays, '5s,5'",
        "vigie.delivery.retry-delays, '5s,,5m'",
        "vigie.monitor.max-retries, three",
        "vigie.monitor.max-retries, 0",
        "vigie.rescan.turn, 99999999999",
        "vigie.recent.size, 32",
        "vigie.recent.size, -1M",
        "vigie.recent.size, 1K",
        "vigie.demo, ture",
        "vigie.monitor.start-at, yesterday",
        "vigie.log-list.url, ftp://list.example/",
        "vigie.log-list.public-key, abc",
        "vigie.base-url, vigie.example.org",
        "vigie.base-url, 'https://two words/'",
        "vigie.syslog.facility, 24",
        "vigie.public-suffix-list, /no/such/file",
        "vigie.renewal.interval, never",
        "vigie.log.\"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\".page-size, -1",
    })
    void aWrongValueIsRefusedWithItsKey(String key, String value) {
        assertThat(Given.property(key, value).check().refusals())
                .singleElement()
                .asString()
                .startsWith(key)
                .contains("must be")
                .endsWith(".");
    }

    @ParameterizedTest(name = "G01 {0}={1}")
    @CsvSource({
        "vigie.monitor.poll-interval, PT15S",
        "vigie.monitor.poll-interval, 200ms",
        "vigie.log-list.refresh-interval, 0",
        "vigie.renewal.interval, off",
        "vigie.recent.size, 0",
        "vigie.webhook.proxy, ''",
        "vigie.kafka.properties.security.protocol, SSL",
        "vigie.log.0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef.poll-interval, 5s",
        "vigie.monitor.contact, ${vigie.base-url}",
    })
    void aRightValueIsNot(String key, String value) {
        assertThat(
                        Given.property("vigie.base-url", "https://vigie.example.org")
                                .and(key, value)
                                .check()
                                .refusals())
                .isEmpty();
    }

    @Test
    void g01AReferenceToNothingIsRefused() {
        assertThat(Given.property("vigie.admin-token", "${no.such.thing}").check().refusals())
                .containsExactly("vigie.admin-token refers to something that is not set.");
    }

    @Test
    void g01EveryProblemIsSaidAtOnce() {
        assertThat(
                        Given.property("vigie.dmeo", "true")
                                .and("vigie.rescan.turn", "x")
                                .and("vigie.secrets.key", "short")
                                .check()
                                .refusals())
                .hasSize(3)
                .noneMatch(refusal -> refusal.contains("short"));
    }

    @ParameterizedTest(name = "G03 {0}")
    @ValueSource(
            strings = {
                "changeme",
                "smoke",
                "123456789012345",
                "changemechangeme",
                "your-token-goes-here",
                "aaaaaaaaaaaaaaaaaaaaaaaa",
                "an-example-of-a-token"
            })
    void g03AWeakTokenIsRefusedInProduction(String token) {
        assertThat(Given.property("vigie.admin-token", token).check().refusals())
                .singleElement()
                .asString()
                .startsWith("vigie.admin-token ")
                .doesNotContain(token);
        assertThat(Given.property("vigie.admin-token", token).inProfile("test").check().refusals())
                .isEmpty();
    }

    @Test
    void g03ALongTokenAndNoneAreTaken() {
        assertThat(Given.property("vigie.admin-token", GOOD_TOKEN).check().refusals()).isEmpty();
        assertThat(Given.property("vigie.admin-token", "").check().refusals()).isEmpty();
    }

    @Test
    void g03AKeyThatIsNot32BytesIsRefusedWithoutShowingIt() {
        String shortKey = Base64.getEncoder().encodeToString(new byte[31]);
        String goodKey = Base64.getEncoder().encodeToString(new byte[32]);

        assertThat(
                        Given.property("vigie.secrets.key", shortKey)
                                .and("vigie.secrets.former-keys", goodKey + "," + shortKey)
                                .check()
                                .refusals())
                .hasSize(2)
                .allMatch(refusal -> refusal.startsWith("vigie.secrets."))
                .noneMatch(refusal -> refusal.contains(shortKey));
    }

    @ParameterizedTest(name = "G03 {0}")
    @CsvSource({
        "http://vigie.example.org, true",
        "http://10.0.0.1:8080, true",
        "http://localhost.example.org, true",
        "http://localhost:8080, false",
        "http://127.0.0.1:8080, false",
        "http://[::1]:8080, false",
        "https://vigie.example.org, false",
    })
    void g03AnAddressWithoutTlsIsRefusedUnlessInsecure(String url, boolean refused) {
        assertThat(Given.property("vigie.base-url", url).check().refusals())
                .hasSize(refused ? 1 : 0);
        assertThat(
                        Given.property("vigie.base-url", url)
                                .and("vigie.insecure", "true")
                                .check()
                                .refusals())
                .isEmpty();
    }

    @Test
    void g03ASecretOnTheCommandLineIsWarnedOf() {
        assertThat(
                        Given.property("vigie.admin-token", GOOD_TOKEN)
                                .from("SysPropConfigSource")
                                .check()
                                .warnings())
                .singleElement()
                .asString()
                .contains("vigie.admin-token", "lists processes", "VIGIE_ADMIN_TOKEN")
                .doesNotContain(GOOD_TOKEN);
    }

    static Stream<Arguments> modes() {
        return Stream.of(
                Arguments.of("rw-r--r--", 1, 0),
                Arguments.of("rw-r-----", 0, 1),
                Arguments.of("rw-------", 0, 0));
    }

    @ParameterizedTest(name = "G03 {0}")
    @MethodSource("modes")
    void g03AFileWithASecretIsForItsOwnerAlone(String mode, int refusals, int warnings)
            throws IOException {
        Path file = Files.createFile(folder.resolve(".env"));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));

        ConfigCheck check = Given.property("vigie.admin-token", GOOD_TOKEN).in(file).check();

        assertThat(check.refusals()).hasSize(refusals);
        assertThat(check.warnings()).hasSize(warnings);
        assertThat(Stream.of(check.refusals(), check.warnings()).flatMap(List::stream))
                .allMatch(line -> line.endsWith("chmod 600 " + file));
        assertThat(Given.property("vigie.demo", "true").in(file).check())
                .isEqualTo(new ConfigCheck(List.of(), List.of()));
    }

    @Test
    void g03AKeyFileThatOthersCanReadIsRefused() throws IOException {
        Path file = Files.createFile(folder.resolve("secret.key"));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

        assertThat(Given.property("vigie.data-dir", folder.toString()).check().refusals())
                .containsExactly("Others can read %s: chmod 600 %s".formatted(file, file));
    }

    @Test
    void g04AListThatIsNotThereOrCanBeChangedOnTheWayIsWarnedOfOnly() {
        ConfigCheck check =
                Given.property("vigie.log-list.url", "file:///no/such/list.json")
                        .and("vigie.log-list.extra", "http://lists.example/a.json")
                        .check();

        assertThat(check.refusals()).isEmpty();
        assertThat(check.warnings())
                .hasSize(2)
                .allMatch(line -> line.startsWith("vigie.log-list."));
    }

    @ParameterizedTest(name = "G05 {0}")
    @CsvSource({
        "0.0.0.0/0, true",
        "::/0, true",
        "'10.1.0.0/16,0.0.0.0/1', true",
        "10.0.0.0/7, true",
        "2001::/15, true",
        "10.0.0.0/8, false",
        "'10.1.0.0/16, fd00::/16', false",
    })
    void g05ANetworkThatIsNearlyEverythingIsRefusedUnlessInsecure(String networks, boolean wide) {
        String key = "vigie.webhook.allowed-networks";

        assertThat(Given.property(key, networks).check().refusals()).hasSize(wide ? 1 : 0);
        assertThat(Given.property(key, networks).and("vigie.insecure", "true").check().refusals())
                .isEmpty();
    }

    @Test
    void g05WhatIsForwardedIsBelievedOfNamedProxiesOnly() {
        String forwarding = "quarkus.http.proxy.proxy-address-forwarding";
        String proxies = "quarkus.http.proxy.trusted-proxies";

        assertThat(Given.property(forwarding, "true").check().refusals())
                .singleElement()
                .asString()
                .startsWith(forwarding + " is on without " + proxies);
        assertThat(Given.property(forwarding, "true").and(proxies, "10.0.0.1").check().refusals())
                .isEmpty();
        assertThat(Given.property(forwarding, "false").check().refusals()).isEmpty();
    }

    @ParameterizedTest(name = "G05 {0}")
    @ValueSource(strings = {"10.0.0.0", "10.0.0.0/33", "example.org/8", "10.0.0.0/8;11.0.0.0/8"})
    void g05WhatIsNoNetworkIsRefusedEvenIfInsecure(String networks) {
        assertThat(
                        Given.property("vigie.webhook.allowed-networks", networks)
                                .and("vigie.insecure", "true")
                                .check()
                                .refusals())
                .singleElement()
                .asString()
                .startsWith("vigie.webhook.allowed-networks is ");
    }
}
