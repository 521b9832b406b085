package dev.vigie.api;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.vigie.testing.Api;
import dev.vigie.testing.DatabaseTest;
import io.quarkus.test.junit.QuarkusTest;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A rescan that could find nothing is refused, and says why. */
@QuarkusTest
@DatabaseTest
class RescanRefusalsTest {

    private static final String NOBODY = "00000000-0000-0000-0000-000000000000";
    private static final String NO_LOG = "0".repeat(64);

    private String watchlist;
    private String empty;
    private String rule;
    private String disabled;

    @BeforeEach
    void add() {
        watchlist = Api.addWatchlist("rescans refused");
        empty = Api.addWatchlist("rescans refused, empty");
        rule = Api.addRule(watchlist, "domain", "refused.example");
        disabled =
                Api.post(
                                "/watchlists/%s/rules".formatted(watchlist),
                                json("{'kind':'domain','pattern':'off.example','enabled':false}"))
                        .statusCode(201)
                        .extract()
                        .path("id");
    }

    static Stream<Arguments> badOrders() {
        return Stream.of(
                arguments("{}", "ruleIds", "either ruleIds or a watchlistId"),
                arguments("{'ruleIds':[],'from':'PAST'}", "ruleIds", "either"),
                arguments(
                        "{'ruleIds':['RULE'],'watchlistId':'LIST','from':'PAST'}",
                        "ruleIds",
                        "either"),
                arguments("{'ruleIds':[null],'from':'PAST'}", "ruleIds", "no id"),
                arguments("{'ruleIds':['x'],'from':'PAST'}", "ruleIds", ""),
                arguments(
                        "{'ruleIds':['%s'],'from':'PAST'}".formatted(NOBODY),
                        "ruleIds",
                        "not there"),
                arguments("{'ruleIds':['RULE','OFF'],'from':'PAST'}", "ruleIds", "disabled"),
                arguments(
                        "{'watchlistId':'%s','from':'PAST'}".formatted(NOBODY),
                        "watchlistId",
                        "no such watchlist"),
                arguments("{'watchlistId':'EMPTY','from':'PAST'}", "watchlistId", "None of its"),
                arguments("{'ruleIds':['RULE']}", "from", "either from"),
                arguments("{'ruleIds':['RULE'],'until':'PAST'}", "from", "either from"),
                arguments("{'ruleIds':['RULE'],'from':'yesterday'}", "from", "no time"),
                arguments("{'ruleIds':['RULE'],'from':'PAST','until':'x'}", "until", "no time"),
                arguments("{'ruleIds':['RULE'],'from':'2999-01-01T00:00:00Z'}", "from", "past"),
                arguments(
                        "{'ruleIds':['RULE'],'from':'PAST','until':'2000-01-01T00:00:00Z'}",
                        "from",
                        "before until"),
                arguments(
                        "{'ruleIds':['RULE'],'from':'PAST','logIds':['x']}", "logIds", "no log id"),
                arguments(
                        "{'ruleIds':['RULE'],'from':'PAST','logIds':['%s']}".formatted(NO_LOG),
                        "logIds",
                        "no such log"),
                arguments(
                        "{'ruleIds':['RULE'],'from':'PAST','ranges':[{'logId':'%s'}]}"
                                .formatted(NO_LOG),
                        "from",
                        "either from"),
                arguments(
                        "{'ruleIds':['RULE'],'ranges':[{'logId':'%s','start':0}]}"
                                .formatted(NO_LOG),
                        "ranges[0].logId",
                        "no such log"),
                arguments(
                        "{'ruleIds':['RULE'],'ranges':[{'logId':'%s','start':-1}]}"
                                .formatted(NO_LOG),
                        "start",
                        ""),
                arguments("{'ruleIds':['RULE'],'ranges':[{'start':1}]}", "logId", ""),
                arguments("{'ruleIds':['RULE'],'from':'PAST','rate':5}", "rate", "no such field"));
    }

    @ParameterizedTest
    @MethodSource("badOrders")
    void anOrderThatCannotWorkIsRefusedWithTheField(String body, String field, String sentence) {
        String order =
                body.replace("PAST", "2026-11-01T00:00:00Z")
                        .replace("RULE", rule)
                        .replace("OFF", disabled)
                        .replace("LIST", watchlist)
                        .replace("EMPTY", empty);

        Api.post("/rescans", json(order))
                .statusCode(400)
                .contentType("application/problem+json")
                .body("violations[0].field", containsString(field))
                .body("violations[0].message", containsString(sentence));

        Api.get("/rescans?limit=500")
                .body(
                        "items.findAll { it.ruleIds.contains('%s') }.size()".formatted(rule),
                        equalTo(0));
    }

    @Test
    void whatIsNotThereIsNotFound() {
        for (String path : new String[] {"/rescans/" + NOBODY, "/rescans/x"}) {
            Api.get(path).statusCode(404);
        }
        Api.get("/rules/%s/coverage".formatted(NOBODY)).statusCode(404);
        for (String verb : new String[] {"pause", "resume", "cancel"}) {
            Api.asAdmin().post("/rescans/%s/%s".formatted(NOBODY, verb)).then().statusCode(404);
        }
    }

    private static String json(String text) {
        return text.replace('\'', '"');
    }
}
