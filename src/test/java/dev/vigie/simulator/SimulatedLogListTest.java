package dev.vigie.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.vigie.ct.TreeHead;
import dev.vigie.ct.loglist.KnownLog;
import dev.vigie.ct.loglist.LogList;
import dev.vigie.ct.loglist.LogListException;
import dev.vigie.ct.loglist.LogListParser;
import dev.vigie.ct.loglist.LogProtocol;
import dev.vigie.ct.loglist.LogState;
import dev.vigie.ct.loglist.TemporalInterval;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SimulatedLogListTest {

    private final SimulatedLogServer server = new SimulatedLogServer();
    private final SimulatedLog classic = log("classic", LogProtocol.RFC6962);
    private final SimulatedLog tiled = log("tiled", LogProtocol.STATIC);

    private static SimulatedLog log(String name, LogProtocol protocol) {
        return new SimulatedLog(
                name, protocol, LogSigner.ecdsa(), new CertificateMaker(1), InstantSource.system());
    }

    @BeforeEach
    void serve() {
        server.add(classic).add(tiled);
    }

    @AfterEach
    void close() {
        server.close();
    }

    @ParameterizedTest
    @EnumSource(LogState.class)
    void aLogCanBeInEachState(LogState state) throws Exception {
        server.list().state(tiled, state);

        assertThat(listed(tiled))
                .returns(state, KnownLog::state)
                .returns(
                        Optional.of(SimulatedLogList.STATE_SINCE)
                                .filter(since -> state != LogState.UNSTATED),
                        KnownLog::stateSince);
        assertThat(listed(classic).state()).isEqualTo(LogState.USABLE);
    }

    @Test
    void aLogCanHaveAllThatListsSayOfLogs() throws Exception {
        classic.addPrecert(List.of("a.example"));
        TreeHead end = classic.head(1);
        var interval =
                new TemporalInterval(
                        Instant.parse("2026-01-01T00:00:00Z"),
                        Instant.parse("2026-07-01T00:00:00Z"));

        server.list()
                .readonly(classic, end)
                .type(classic, "test")
                .interval(classic, interval)
                .rename(classic, "Another name");

        assertThat(listed(classic))
                .returns(LogState.READONLY, KnownLog::state)
                .returns(Optional.of(end), KnownLog::finalTreeHead)
                .returns(Optional.of("test"), KnownLog::type)
                .returns(Optional.of(interval), KnownLog::temporalInterval)
                .returns("Another name", KnownLog::description);
    }

    @Test
    void aWithdrawnLogIsServedAllTheSame() throws Exception {
        server.list().withdraw(classic);

        assertThat(read().logs()).extracting(KnownLog::id).containsExactly(tiled.id());
        assertThat(status(server.url(classic), "ct/v1/get-sth")).isEqualTo(200);
        server.list().withdraw(tiled);
        assertThat(server.list().isEmpty()).isTrue();
        server.list().restore(classic);
        assertThat(read().logs()).extracting(KnownLog::id).containsExactly(classic.id());
    }

    @Test
    void aLogThatMovedIsOnlyWhereItIsNow() throws Exception {
        URI before = server.url(tiled);

        server.move(tiled, "elsewhere");

        assertThat(listed(tiled).url()).isEqualTo(server.url(tiled)).isNotEqualTo(before);
        assertThat(status(server.url(tiled), "checkpoint")).isEqualTo(200);
        assertThat(status(before, "checkpoint")).isEqualTo(404);
    }

    @Test
    void eachChangeMakesTheListNewer() throws Exception {
        List<Runnable> changes =
                List.of(
                        () -> server.add(log("third", LogProtocol.STATIC)),
                        () -> server.list().state(classic, LogState.RETIRED),
                        () -> server.list().withdraw(tiled),
                        () -> server.move(classic, "elsewhere"));
        List<Instant> dates = new ArrayList<>(List.of(read().published().orElseThrow()));
        for (Runnable change : changes) {
            change.run();
            dates.add(read().published().orElseThrow());
        }

        assertThat(dates).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void aLogThatIsNotServedCannotBeListed() {
        SimulatedLog stranger = log("stranger", LogProtocol.STATIC);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> server.list().state(stranger, LogState.RETIRED));
    }

    private static int status(URI log, String path) throws IOException {
        var connection = (HttpURLConnection) log.resolve(path).toURL().openConnection();
        return connection.getResponseCode();
    }

    private LogList read() throws LogListException {
        return LogListParser.parse(server.logList());
    }

    private KnownLog listed(SimulatedLog log) throws LogListException {
        return read().logs().stream()
                .filter(known -> known.id().equals(log.id()))
                .findFirst()
                .orElseThrow();
    }
}
