package dev.vigie.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigie.ct.EntryRange;
import dev.vigie.ct.client.LogClient;
import dev.vigie.ct.client.LogHttp;
import dev.vigie.ct.client.Rfc6962Client;
import dev.vigie.ct.client.StaticCtClient;
import dev.vigie.ct.loglist.LogProtocol;
import dev.vigie.logs.CoverageRange;
import dev.vigie.logs.CoverageState;
import dev.vigie.net.AddressGuard;
import dev.vigie.simulator.CertificateMaker;
import dev.vigie.simulator.LogSigner;
import dev.vigie.simulator.SimulatedLog;
import dev.vigie.simulator.SimulatedLogServer;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** In a log whose timestamps run up to an hour behind the tree, as its merge delay allows. */
class RescanTimesTest {

    private static final Duration DELAY = Duration.ofHours(1);
    private static final Instant BEGIN = Instant.parse("2026-11-01T00:00:00Z");
    private static final int SIZE = 2000;

    private final List<Instant> times = new ArrayList<>();
    private volatile Instant now = BEGIN;

    @ParameterizedTest
    @EnumSource
    void allEntriesOfATimeAreFoundInWhateverOrderTheLogTookThem(LogProtocol protocol)
            throws Exception {
        var random = new Random(20261123);
        try (var server = new SimulatedLogServer();
                LogHttp http = http()) {
            SimulatedLog log = log(protocol, random);
            server.add(log);
            URI url = server.url(log);
            LogClient client =
                    protocol == LogProtocol.STATIC
                            ? new StaticCtClient(http, url, url, log.signer().publicKey())
                            : new Rfc6962Client(http, url, log.signer().publicKey());
            var search = new RescanTimes(client, SIZE, DELAY);
            for (int round = 0; round < 20; round++) {
                Instant from = BEGIN.plusSeconds(60L * random.nextInt(SIZE));
                Instant until = from.plusSeconds(60L * (1 + random.nextInt(300)));

                EntryRange range = search.find(SIZE, from, until);

                for (int i = 0; i < SIZE; i++) {
                    if (!times.get(i).isBefore(from) && times.get(i).isBefore(until)) {
                        assertThat(i).isBetween((int) range.start(), (int) range.end() - 1);
                    }
                }
                assertThat(range.size())
                        .isLessThan(Duration.between(from, until).toMinutes() + 4 * 62);
            }
            assertThat(search.find(SIZE, BEGIN.minus(DELAY), null))
                    .isEqualTo(new EntryRange(0, SIZE));
            assertThat(search.find(SIZE, BEGIN.plus(Duration.ofDays(99)), null).size()).isZero();
        }
    }

    /** One entry a minute, each with the time at which it came up to an hour before; some lie. */
    private SimulatedLog log(LogProtocol protocol, Random random) {
        var log =
                new SimulatedLog(
                        "times", protocol, LogSigner.ecdsa(), new CertificateMaker(1), () -> now);
        for (int i = 0; i < SIZE; i++) {
            Instant added = BEGIN.plusSeconds(60L * i);
            now = added.minusSeconds(random.nextLong(DELAY.toSeconds()));
            times.add(now);
            if (random.nextInt(50) == 0) {
                now = Instant.EPOCH;
                times.set(i, now);
            }
            log.addX509(ByteBuffer.allocate(8).putLong(i).array());
        }
        now = BEGIN.plus(Duration.ofDays(30));
        return log;
    }

    @Test
    void whatIsKnownFromReadingCutsOffBothEnds() {
        List<CoverageRange> known =
                List.of(
                        row(100, 200, CoverageState.PROVEN, 0, 60),
                        row(200, 300, CoverageState.UNPROVEN, 50, 120),
                        row(300, 400, CoverageState.MISSING, 500, 500),
                        row(400, 500, CoverageState.PROVEN, 100, 200),
                        row(500, 600, CoverageState.PROVEN, 190, 250));

        assertThat(trim(100, 600, known, 70, 190)).isEqualTo(new EntryRange(200, 500));
        assertThat(trim(100, 600, known, 70, 191)).isEqualTo(new EntryRange(200, 600));
        assertThat(trim(150, 550, known, 130, 185)).isEqualTo(new EntryRange(300, 500));
        assertThat(trim(50, 600, known, 70, 190)).isEqualTo(new EntryRange(50, 500));
        assertThat(trim(400, 600, known, 300, 400).size()).isZero();
        assertThat(trim(400, 600, known, 10, 20).size()).isZero();
    }

    private static EntryRange trim(
            long start, long end, List<CoverageRange> known, int fromMinute, int untilMinute) {
        return RescanTimes.trim(
                new EntryRange(start, end),
                known,
                BEGIN.plusSeconds(60L * fromMinute),
                BEGIN.plusSeconds(60L * untilMinute));
    }

    private static CoverageRange row(
            long start, long end, CoverageState state, int firstMinute, int lastMinute) {
        var row = new CoverageRange();
        row.logId = "log";
        row.startIndex = start;
        row.endIndex = end;
        row.state = state;
        row.firstTime = BEGIN.plusSeconds(60L * firstMinute);
        row.lastTime = BEGIN.plusSeconds(60L * lastMinute);
        return row;
    }

    @Test
    void whereNoEntrySaysWhenItWasTakenAllMayBeMeant() throws Exception {
        try (var server = new SimulatedLogServer();
                LogHttp http = http()) {
            var log =
                    new SimulatedLog(
                            "timeless",
                            LogProtocol.RFC6962,
                            LogSigner.ecdsa(),
                            new CertificateMaker(1),
                            () -> Instant.EPOCH);
            for (int i = 0; i < 40; i++) {
                log.addX509(ByteBuffer.allocate(8).putLong(i).array());
            }
            server.add(log);
            var client = new Rfc6962Client(http, server.url(log), log.signer().publicKey());

            assertThat(new RescanTimes(client, 40, DELAY).find(40, BEGIN, BEGIN.plus(DELAY)))
                    .isEqualTo(new EntryRange(0, 40));
        }
    }

    private static LogHttp http() {
        return new LogHttp(
                AddressGuard.allowingAll(),
                "Vigie",
                Duration.ofSeconds(20),
                InstantSource.system());
    }
}
