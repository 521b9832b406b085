package dev.vigie.ct.loglist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vigie.ct.TreeHead;
import dev.vigie.hash.Sha256;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a list says of a log beside its key and place, and what follows from it. */
class LogFactsTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Sha256 ROOT = Sha256.hash(new byte[0]);
    private static final Instant SINCE = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void aReadonlyLogHasAFinalTreeHead() throws Exception {
        KnownLog log = withState("readonly", "{\"sha256_root_hash\":\"ROOT\",\"tree_size\":7}");

        assertThat(log.finalTreeHead()).contains(new TreeHead(7, ROOT));
        assertThat(log.stateSince()).contains(SINCE);
    }

    @Test
    void otherLogsHaveNoneWhateverTheListSays() throws Exception {
        KnownLog log = withState("usable", "{\"sha256_root_hash\":\"ROOT\",\"tree_size\":7}");

        assertThat(log.finalTreeHead()).isEmpty();
        assertThat(log.stateSince()).contains(SINCE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "7",
                "[]",
                "{}",
                "{\"sha256_root_hash\":\"ROOT\"}",
                "{\"tree_size\":7}",
                "{\"sha256_root_hash\":\"ROOT\",\"tree_size\":-1}",
                "{\"sha256_root_hash\":\"ROOT\",\"tree_size\":1.5}",
                "{\"sha256_root_hash\":\"ROOT\",\"tree_size\":\"7\"}",
                "{\"sha256_root_hash\":\"ROOT\",\"tree_size\":9223372036854775808}",
                "{\"sha256_root_hash\":\"AAAA\",\"tree_size\":7}",
                "{\"sha256_root_hash\":\"!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!=\",\"tree_size\":7}",
                "{\"sha256_root_hash\":7,\"tree_size\":7}"
            })
    void aFinalTreeHeadThatIsNoneDoesNotCostTheLog(String head) throws Exception {
        assertThat(withState("readonly", head))
                .returns(LogState.READONLY, KnownLog::state)
                .returns(Optional.empty(), KnownLog::finalTreeHead);
    }

    private static KnownLog withState(String state, String finalTreeHead) throws Exception {
        ObjectNode log = TwentyLogs.log(0);
        TwentyLogs.state(state).accept(log);
        ((ObjectNode) log.at("/state/" + state))
                .set(
                        "final_tree_head",
                        JSON.readTree(finalTreeHead.replace("ROOT", ROOT.base64())));
        return read(log);
    }

    @Test
    void anIntervalBeginsInclusiveAndEndsExclusive() throws Exception {
        KnownLog log = withInterval("2026-01-01T00:00:00Z", "2026-07-01T00:00:00Z");
        TemporalInterval interval = log.temporalInterval().orElseThrow();

        assertThat(interval.start()).isEqualTo("2026-01-01T00:00:00Z");
        assertThat(interval.isOver(Instant.parse("2026-06-30T23:59:59Z"))).isFalse();
        assertThat(interval.isOver(Instant.parse("2026-07-01T00:00:00Z"))).isTrue();
        assertThatIllegalArgumentException().isThrownBy(() -> new TemporalInterval(SINCE, SINCE));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-07-01T00:00:00Z,2026-01-01T00:00:00Z",
        "2026-07-01T00:00:00Z,2026-07-01T00:00:00Z",
        "2026-07-01,2027-01-01",
        "'',2027-01-01T00:00:00Z",
        "2026-07-01T00:00:00Z,for ever"
    })
    void anIntervalThatIsNoneDoesNotCostTheLog(String start, String end) throws Exception {
        assertThat(withInterval(start, end).temporalInterval()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "7", "[]", "\"2026\"", "{}", "{\"timestamp\":7}"})
    void aStateMayNotSaySinceWhen(String state) throws Exception {
        ObjectNode log = TwentyLogs.log(0);
        log.putObject("state").set("retired", JSON.readTree(state));

        assertThat(read(log))
                .returns(LogState.RETIRED, KnownLog::state)
                .returns(Optional.empty(), KnownLog::stateSince);
    }

    private static KnownLog withInterval(String start, String end) throws Exception {
        ObjectNode log = TwentyLogs.log(0);
        log.putObject("temporal_interval").put("start_inclusive", start).put("end_exclusive", end);
        return read(log);
    }

    private static KnownLog read(ObjectNode log) throws LogListException {
        ObjectNode list = TwentyLogs.list();
        TwentyLogs.without(20).accept(list);
        TwentyLogs.with(log).accept(list);
        List<KnownLog> logs = TwentyLogs.parse(list).logs();
        assertThat(logs).hasSize(1);
        return logs.getFirst();
    }

    /** Columns: followed from Chrome's list, from a private list, with retired ones; duty. */
    @ParameterizedTest
    @CsvSource({
        "usable,,true,true,true,FOLLOW",
        "qualified,,true,true,true,FOLLOW",
        "pending,,true,true,true,FOLLOW",
        "readonly,,true,true,true,DRAIN",
        "retired,,false,false,true,FINISH",
        "rejected,,false,false,false,STOP",
        "frozen,,false,true,false,FOLLOW",
        "frozen,test,true,true,true,FOLLOW",
        "frozen,monitoring_only,false,false,false,STOP",
        "usable,test,true,true,true,FOLLOW",
        "usable,mirror,false,false,false,STOP",
        "rejected,test,false,false,false,STOP",
        "usable,prod,true,true,true,FOLLOW"
    })
    void stateAndTypeSayWhatIsToBeDone(
            String state,
            String type,
            boolean inChromes,
            boolean inPrivate,
            boolean withRetired,
            LogDuty duty)
            throws Exception {
        ObjectNode json = TwentyLogs.log(0).put("log_type", type);
        TwentyLogs.state(state).accept(json);
        KnownLog log = read(json);
        Set<String> types = Set.of("test");

        assertThat(new LogSelection(types, false, false).follows(log)).isEqualTo(inChromes);
        assertThat(new LogSelection(types, true, false).follows(log)).isEqualTo(inPrivate);
        assertThat(new LogSelection(types, false, true).follows(log)).isEqualTo(withRetired);
        assertThat(new LogSelection(types, false, false).duty(log)).isEqualTo(duty);
    }

    @Test
    void aRetiredLogIsFollowedAsAnyOtherIfThatIsWanted() throws Exception {
        ObjectNode retired = TwentyLogs.log(0);
        TwentyLogs.state("retired").accept(retired);

        assertThat(new LogSelection(Set.of(), false, true).duty(read(retired)))
                .isEqualTo(LogDuty.FOLLOW);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://ct.example.com/bogus/", "https://CT.example.com:443/x"})
    void aPlaceholderIsNeverAsked(String url) throws Exception {
        KnownLog log = read(TwentyLogs.log(0).put("url", url));
        var everything = new LogSelection(Set.of("test"), true, true);

        assertThat(everything.follows(log)).isFalse();
        assertThat(everything.duty(log)).isEqualTo(LogDuty.STOP);
    }
}
