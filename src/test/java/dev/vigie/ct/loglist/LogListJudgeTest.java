package dev.vigie.ct.loglist;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogListJudgeTest {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    private final LogListJudge judge =
            new LogListJudge(new LogSelection(Set.of("test"), false, false)::follows);

    /** L26 */
    @ParameterizedTest
    @CsvSource({"1000,true", "1001,false", "5000,false"})
    void aListWithMoreThanAThousandLogsToFollowIsRefused(int logs, boolean accepted)
            throws Exception {
        LogList offered = times(logs, TwentyLogs.parse(TwentyLogs.list()).logs().getFirst());

        if (accepted) {
            judge.check(Optional.empty(), offered, NOW);
        } else {
            assertThatExceptionOfType(LogListException.class)
                    .isThrownBy(() -> judge.check(Optional.empty(), offered, NOW))
                    .withMessage(
                            "The log list has %d logs to follow, more than 1000.".formatted(logs));
        }
    }

    @Test
    void logsThatAreNotFollowedDoNotCount() throws Exception {
        ObjectNode list = TwentyLogs.list();
        TwentyLogs.classicLog(TwentyLogs.state("rejected")).accept(list);
        LogList offered = times(5000, TwentyLogs.parse(list).logs().getFirst());

        assertThatCode(() -> judge.check(Optional.empty(), offered, NOW))
                .doesNotThrowAnyException();
    }

    private static LogList times(int count, KnownLog log) {
        return new LogList("", Optional.empty(), Collections.nCopies(count, log), List.of());
    }

    /** Of nine logs two may be a true loss; the rule begins with ten. */
    @ParameterizedTest
    @CsvSource({"9,8,true", "10,2,true", "10,3,false", "11,2,true", "11,3,false", "20,4,true"})
    void aListMayLoseAFifthOfTheActiveLogsIfThereAreTen(int held, int lost, boolean accepted)
            throws Exception {
        LogList before = first(held, 0);
        LogList after = first(held, lost);

        if (accepted) {
            judge.check(Optional.of(before), after, NOW);
        } else {
            assertThatExceptionOfType(LogListException.class)
                    .isThrownBy(() -> judge.check(Optional.of(before), after, NOW))
                    .withMessage(
                            "The log list lacks %d of the %d active logs of the one held, more than"
                                    + " 20 %%.",
                            lost, held);
        }
    }

    private static LogList first(int logs, int without) throws LogListException {
        ObjectNode list = TwentyLogs.list();
        TwentyLogs.without(20 - logs + without).accept(list);
        return TwentyLogs.parse(list);
    }

    /** What is dropped once a year, all shards of that year together. */
    @ParameterizedTest
    @CsvSource({"2026-11-22T12:00:00Z,true", "2026-11-22T12:00:01Z,false"})
    void shardsThatEndedMayGo(String end, boolean accepted) throws Exception {
        ObjectNode list = TwentyLogs.list();
        TwentyLogs.tiled(list)
                .forEach(log ->
                        ((ObjectNode) log)
                                .putObject("temporal_interval")
                                .put("start_inclusive", "2026-01-01T00:00:00Z")
                                .put("end_exclusive", end));
        Optional<LogList> held = Optional.of(TwentyLogs.parse(list));
        TwentyLogs.without(10).accept(list);
        LogList offered = TwentyLogs.parse(list);

        if (accepted) {
            judge.check(held, offered, NOW);
        } else {
            assertThatExceptionOfType(LogListException.class)
                    .isThrownBy(() -> judge.check(held, offered, NOW));
        }
    }

    @Test
    void theFirstListNeedsNoDateAndTheNextNeedsNoneEither() throws Exception {
        ObjectNode list = TwentyLogs.list();
        list.remove("log_list_timestamp");
        LogList undated = TwentyLogs.parse(list);

        assertThatCode(
                        () -> {
                            judge.check(Optional.empty(), undated, NOW);
                            judge.check(Optional.of(undated), undated, NOW);
                            judge.check(
                                    Optional.of(undated), TwentyLogs.parse(TwentyLogs.list()), NOW);
                        })
                .doesNotThrowAnyException();
    }
}
