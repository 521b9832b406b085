package dev.vigie.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vigie.ct.client.LogClient;
import dev.vigie.ct.client.LogHttp;
import dev.vigie.ct.client.Rfc6962Client;
import dev.vigie.ct.client.StaticCtClient;
import dev.vigie.ct.loglist.LogProtocol;
import dev.vigie.net.AddressGuard;
import dev.vigie.simulator.CertificateMaker;
import dev.vigie.simulator.LogSigner;
import dev.vigie.simulator.SimulatedLog;
import dev.vigie.simulator.SimulatedLogServer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StartingPointTest {

    private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "end, 600",
        "beginning, 0",
        "17, 17",
        "100000, 600",
        "2020-01-01T00:00:00Z, 0",
        "2026-01-01T00:00:00Z, 0",
        "2026-01-01T00:00:01Z, 1",
        "2026-01-01T00:05:00.5Z, 301",
        "2027-01-01T00:00:00Z, 600"
    })
    void theSettingBecomesAnIndexOfTheLog(String setting, long expected) throws Exception {
        var time = new AtomicReference<>(FIRST);
        InstantSource clock = time::get;
        try (var server = new SimulatedLogServer();
                var http =
                        new LogHttp(
                                AddressGuard.allowingAll(), "test", Duration.ofSeconds(5), clock)) {
            for (LogProtocol protocol : LogProtocol.values()) {
                time.set(FIRST);
                var log =
                        new SimulatedLog(
                                "log-" + protocol,
                                protocol,
                                LogSigner.ecdsa(),
                                new CertificateMaker(1),
                                clock);
                server.add(log);
                for (int i = 0; i < 600; i++) {
                    time.set(FIRST.plusSeconds(i));
                    log.addPrecert(List.of("a.example"));
                }
                LogClient client =
                        protocol == LogProtocol.STATIC
                                ? new StaticCtClient(
                                        http,
                                        server.url(log),
                                        server.url(log),
                                        log.signer().publicKey())
                                : new Rfc6962Client(
                                        http, server.url(log), log.signer().publicKey());

                assertThat(new StartingPoint(StartAt.parse(setting)).in(client, 600))
                        .as(protocol.name())
                        .isEqualTo(expected);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "start", "-1", "2026-01-01", "1e3"})
    void anythingElseIsRefusedInASentence(String setting) {
        assertThatThrownBy(() -> StartAt.parse(setting))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must be end, beginning, an index");
    }
}
