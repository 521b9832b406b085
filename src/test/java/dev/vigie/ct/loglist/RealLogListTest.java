package dev.vigie.ct.loglist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.vigie.ct.TreeHead;
import dev.vigie.hash.Sha256;
import dev.vigie.testing.SharedData;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Chrome's list 89.25 with all its logs. */
class RealLogListTest {

    private static final Instant NOW = Instant.parse("2026-08-21T00:00:00Z");

    private LogList list;

    @BeforeEach
    void read() throws Exception {
        list = LogListParser.parse(SharedData.read(SharedData.LOG_LIST));
    }

    @Test
    void itsFrozenLogsSayWhereTheyEnd() {
        assertThat(list.logs())
                .filteredOn(log -> log.finalTreeHead().isPresent())
                .extracting(log -> log.finalTreeHead().get())
                .containsExactly(
                        new TreeHead(
                                57_634_084,
                                Sha256.parseBase64("vJHecZC18lG3qp9lV2jZoi+7nkPHQx2SmM4VWglNsIk=")),
                        new TreeHead(
                                68_732_791,
                                Sha256.parseBase64(
                                        "HWG3vP/FX6JRs5yyXDfrNoUA7D6TZAib9ZE2Llno0II=")));
    }

    @Test
    void itsShardsSayWhichCertificatesTheyTake() {
        assertThat(list.logs()).filteredOn(log -> log.temporalInterval().isPresent()).hasSize(113);
        assertThat(list.logs()).filteredOn(log -> log.stateSince().isPresent()).hasSize(78);
    }

    @ParameterizedTest
    @CsvSource({
        "'',false,false,61",
        "test,false,false,85",
        "'test,monitoring_only',false,false,98",
        "'',true,false,63",
        "'',false,true,62"
    })
    void whatIsFollowedDependsOnTheConfiguration(
            String types, boolean unstated, boolean retired, int logs) {
        var selection = new LogSelection(Set.of(types.split(",")), unstated, retired);

        assertThat(list.logs()).filteredOn(selection::follows).hasSize(logs);
    }

    @Test
    void itsTwoBogusLogsAreNeverFollowed() {
        var everything = new LogSelection(Set.of("test", "monitoring_only"), true, true);

        assertThat(list.logs())
                .filteredOn(KnownLog::isPlaceholder)
                .hasSize(2)
                .noneMatch(everything::follows)
                .allMatch(log -> everything.duty(log) == LogDuty.STOP);
    }

    @Test
    void itsStatesSayWhatIsToBeDone() {
        Map<LogDuty, Long> duties =
                list.logs().stream()
                        .collect(
                                Collectors.groupingBy(
                                        log -> log.state().duty(), Collectors.counting()));

        assertThat(duties)
                .isEqualTo(
                        new EnumMap<>(
                                Map.of(
                                        LogDuty.FOLLOW, 98L,
                                        LogDuty.DRAIN, 2L,
                                        LogDuty.FINISH, 3L,
                                        LogDuty.STOP, 14L)));
    }

    /** L26: 61 logs are active, a fifth of them is 12.2. */
    @Test
    void aFifthOfItMayGoAtOnceAndNoMore() throws Exception {
        var selection = new LogSelection(Set.of(), false, false);
        var judge = new LogListJudge(selection::follows);

        judge.check(Optional.of(list), without(12, selection), NOW);

        LogList tooFew = without(13, selection);
        assertThatExceptionOfType(LogListException.class)
                .isThrownBy(() -> judge.check(Optional.of(list), tooFew, NOW))
                .withMessageContaining("lacks 13 of the 61 active logs");
    }

    private LogList without(int count, LogSelection selection) {
        List<KnownLog> logs = new ArrayList<>(list.logs());
        list.logs().stream().filter(selection::follows).limit(count).forEach(logs::remove);
        return new LogList(list.version(), list.published(), logs, List.of());
    }
}
