package dev.vigie.api;

import static dev.vigie.testing.Api.asAdmin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.vigie.testing.Api;
import dev.vigie.testing.DatabaseTest;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What channels of each type are made of; what is secret of them goes in only (P28, A04). */
@QuarkusTest
@DatabaseTest
class ChannelApiTest {

    @Inject AgroalDataSource dataSource;

    private static final String HOOK = "http://127.0.0.1:9/hook";
    private static final String CHAT = "http://127.0.0.1:9/services/T0/B0/never-to-be-seen";
    private static final String SECRET = "whsec_" + "QUJD".repeat(8);

    static Stream<Arguments> goodChannels() {
        return Stream.of(
                arguments("email", "{'to':['a@cert.example','b@cert.example']}", null),
                arguments("webhook", "{'url':'" + HOOK + "'}", null),
                arguments("webhook", "{'url':'https://127.0.0.1:4443/a?b=c'}", null),
                arguments("slack", "{'url':'" + CHAT + "'}", "{'url':'http://127.0.0.1:9/…'}"),
                arguments("teams", "{'url':'" + CHAT + "'}", "{'url':'http://127.0.0.1:9/…'}"),
                arguments("mattermost", "{'url':'" + CHAT + "'}", "{'url':'http://127.0.0.1:9/…'}"),
                arguments("discord", "{'url':'" + CHAT + "'}", "{'url':'http://127.0.0.1:9/…'}"),
                arguments("syslog", "{'url':'syslog+tls://127.0.0.1:6514'}", null),
                arguments("syslog", "{'url':'SYSLOG+TLS://127.0.0.1'}", null));
    }

    @ParameterizedTest
    @MethodSource("goodChannels")
    void aChannelIsShownAsItWasMade(String type, String config, String shown) {
        Map<String, Object> expected =
                JsonPath.from(json(shown == null ? config : shown)).getMap("$");

        String id =
                add(type, config)
                        .statusCode(201)
                        .body("type", equalTo(type))
                        .body("config", equalTo(expected))
                        .extract()
                        .path("id");

        Api.get("/channels/" + id).statusCode(200).body("config", equalTo(expected));
        asAdmin().delete("/channels/" + id).then().statusCode(204);
        Api.get("/channels/" + id).statusCode(404);
    }

    static Stream<Arguments> badChannels() {
        Stream<Arguments> chats =
                Stream.of("slack", "teams", "mattermost", "discord")
                        .flatMap(chat ->
                                Stream.of(
                                        arguments(chat, "{}", "config.url", "incoming webhook"),
                                        arguments(
                                                chat,
                                                "{'url':'%s','secret':'%s'}"
                                                        .formatted(CHAT, SECRET),
                                                "config.secret",
                                                "type %s has none".formatted(chat))));
        Stream<Arguments> others =
                Stream.of(
                        arguments(
                                "slack",
                                "{'url':'http://127.0.0.1:9/…'}",
                                "config.url",
                                "incoming webhook"),
                        arguments("slack", "{'url':'no url at all'}", "config.url", "no URL"),
                        arguments("slack", "{'url':'ftp://127.0.0.1/x'}", "config.url", "such as"),
                        arguments("slack", "{'url':'/x'}", "config.url", "URL such as"),
                        arguments(
                                "slack",
                                "{'url':'https://10.0.0.1/x'}",
                                "config.url",
                                "not a public address"),
                        arguments(
                                "slack",
                                "{'url':'https://u:p@127.0.0.1/x'}",
                                "config.url",
                                "no user name"),
                        arguments(
                                "slack",
                                "{'url':'%s','topic':'t'}".formatted(CHAT),
                                "config.topic",
                                "has none"),
                        arguments(
                                "slack",
                                "{'url':'%s','to':[]}".formatted(CHAT),
                                "config.to",
                                "has none"),
                        arguments("webhook", "{'to':['a@cert.example']}", "config.to", "has none"),
                        arguments("webhook", "{'topic':'t'}", "config.topic", "has none"),
                        arguments(
                                "webhook",
                                "{'url':'%s','secret':'whsec_QUJD'}".formatted(HOOK),
                                "config.secret",
                                "24 to 64"),
                        arguments(
                                "webhook",
                                "{'url':'%s','secret':''}".formatted(HOOK),
                                "config.secret",
                                "whsec_"),
                        arguments(
                                "webhook",
                                "{'url':'%s%s'}".formatted(HOOK, "x".repeat(2000)),
                                "config.url",
                                "size"),
                        arguments(
                                "webhook",
                                "{'url':'%s','token':'t'}".formatted(HOOK),
                                "config.token",
                                "no such field"),
                        arguments("webhook", "{'url':['x']}", "config.url", "right type"),
                        arguments(
                                "email",
                                "{'to':['a@cert.example'],'secret':'%s'}".formatted(SECRET),
                                "config.secret",
                                "has none"),
                        arguments(
                                "email",
                                "{'to':['a@cert.example'],'topic':'t'}",
                                "config.topic",
                                "has none"),
                        arguments("email", "{'to':[null]}", "config.to", "null"),
                        arguments("syslog", "{}", "config.url", "syslog+tls://"),
                        arguments("syslog", "{'url':'http://127.0.0.1'}", "config.url", "syslog"),
                        arguments("syslog", "{'url':'syslog://127.0.0.1'}", "config.url", "+tls"),
                        arguments("syslog", "{'url':'syslog+tls:x'}", "config.url", "syslog+tls"),
                        arguments(
                                "syslog", "{'url':'syslog+tls://u@127.0.0.1'}", "config.url", "+"),
                        arguments(
                                "syslog", "{'url':'syslog+tls://127.0.0.1?a'}", "config.url", "+"),
                        arguments(
                                "syslog", "{'url':'syslog+tls://127.0.0.1#a'}", "config.url", "+"),
                        arguments(
                                "syslog",
                                "{'url':'syslog+tls://10.0.0.1'}",
                                "config.url",
                                "not a public address"),
                        arguments("syslog", "{'secret':'x'}", "config.secret", "has none"),
                        arguments("kafka", "{'topic':'t'}", "type", "vigie.kafka.bootstrap"),
                        arguments("kafka", "{'url':'kafka:t'}", "config.url", "has none"),
                        arguments("kafka", "{'topic':'%s'}".formatted("t".repeat(250)), "c", ""),
                        arguments("canary", "{}", "type", "email, webhook, slack, teams"));
        return Stream.concat(chats, others);
    }

    @ParameterizedTest
    @MethodSource("badChannels")
    void whatATypeDoesNotHaveOrCannotUseIsRefused(
            String type, String config, String field, String sentence) {
        refused(add(type, config), field, sentence);
    }

    @Test
    void theLongestUrlOfAChatIsKeptWhateverItsLetters() {
        String url = "http://127.0.0.1:9/";
        url += "日".repeat(2000 - url.length());

        String id =
                add("slack", "{'url':'%s'}".formatted(url)).statusCode(201).extract().path("id");

        Api.get("/channels/" + id).body("config.url", equalTo("http://127.0.0.1:9/…"));
    }

    static Stream<Arguments> badPolicies() {
        return Stream.of(
                arguments("{'rhythm':'weekly'}", "policy.rhythm", "immediate, hourly, daily"),
                arguments("{'rhythm':7}", "policy.rhythm", ""),
                arguments("{'digestAt':'24:00'}", "policy.digestAt", "no time of day"),
                arguments("{'digestAt':'8'}", "policy.digestAt", "no time of day"),
                arguments("{'digestAt':'08:60'}", "policy.digestAt", "no time of day"),
                arguments("{'digestAt':''}", "policy.digestAt", "no time of day"),
                arguments("{'digestAt':'08:00:00.5'}", "policy.digestAt", "size"),
                arguments("{'zone':'Mars/Olympus'}", "policy.zone", "such as Europe/Paris"),
                arguments("{'zone':''}", "policy.zone", "such as Europe/Paris"),
                arguments("{'zone':'+25:00'}", "policy.zone", "such as Europe/Paris"),
                arguments("{'zone':'%s'}".formatted("x".repeat(61)), "policy.zone", "size"),
                arguments("{'mostPerHour':0}", "policy.mostPerHour", "between 1 and 100000"),
                arguments("{'mostPerHour':-1}", "policy.mostPerHour", "between 1 and 100000"),
                arguments("{'mostPerHour':100001}", "policy.mostPerHour", "between 1 and 100000"),
                arguments("{'mostPerHour':1e400}", "", ""),
                arguments("{'mostPerHour':'many'}", "policy.mostPerHour", "right type"),
                arguments("{'quietHours':{}}", "policy.quietHours", "need"),
                arguments("{'quietHours':{'from':'22:00'}}", "policy.quietHours.to", "an end"),
                arguments("{'quietHours':{'to':'22:00'}}", "policy.quietHours.from", "beginning"),
                arguments(
                        "{'quietHours':{'from':'22:00','to':'22:00'}}",
                        "policy.quietHours.to",
                        "another time"),
                arguments(
                        "{'quietHours':{'from':'x','to':'22:00'}}",
                        "policy.quietHours.from",
                        "no time of day"),
                arguments(
                        "{'quietHours':{'from':'22:00','to':'25:00'}}",
                        "policy.quietHours.to",
                        "no time of day"),
                arguments(
                        "{'quietHours':{'from':'22:00','to':'06:00','except':'worst'}}",
                        "policy.quietHours.except",
                        "low, medium, high, critical"),
                arguments(
                        "{'quietHours':{'from':'22:00','to':'06:00','days':[1]}}",
                        "policy.quietHours.days",
                        "no such field"),
                arguments("{'minSeverity':'none'}", "policy.minSeverity", "low, medium"),
                arguments("{'kinds':['nothing']}", "policy.kinds", "exact, domain"),
                arguments("{'kinds':[null]}", "policy.kinds", "null"),
                arguments("{'kinds':'domain'}", "policy.kinds", "right type"),
                arguments("{'colour':'red'}", "policy.colour", "no such field"),
                arguments("[]", "policy", "right type"));
    }

    @ParameterizedTest
    @MethodSource("badPolicies")
    void aPolicyThatMeansNothingIsRefusedWithTheField(
            String policy, String field, String sentence) {
        refused(
                Api.post(
                        "/channels",
                        json(
                                "{'name':'n','type':'webhook','config':{'url':'%s'},'policy':%s}"
                                        .formatted(HOOK, policy))),
                field,
                sentence);
    }

    @Test
    void aPolicyIsShownAsItWasMadeAndWithoutOneAsUsual() {
        String usual =
                add("webhook", "{'url':'%s'}".formatted(HOOK))
                        .statusCode(201)
                        .body("policy.rhythm", equalTo("immediate"))
                        .body("policy.digestAt", equalTo("08:00"))
                        .body("policy.zone", equalTo("UTC"))
                        .body("policy.minSeverity", equalTo("low"))
                        .body("policy", not(hasKey("mostPerHour")))
                        .body("policy", not(hasKey("kinds")))
                        .body("policy", not(hasKey("quietHours")))
                        .extract()
                        .path("id");
        String policy =
                """
                {'rhythm':'daily','digestAt':'07:30','zone':'Asia/Kathmandu','mostPerHour':5,
                'quietHours':{'from':'22:00','to':'06:15','except':'high'},'minSeverity':'medium',
                'kinds':['lookalike','ip']}
                """;

        change(
                        usual,
                        "{'name':'n','type':'webhook','config':{'url':'%s'},'policy':%s}"
                                .formatted(HOOK, policy))
                .statusCode(200);

        Map<String, Object> shown = Api.get("/channels/" + usual).extract().path("policy");
        assertThat(shown)
                .containsEntry("rhythm", "daily")
                .containsEntry("digestAt", "07:30")
                .containsEntry("zone", "Asia/Kathmandu")
                .containsEntry("mostPerHour", 5)
                .containsEntry("minSeverity", "medium")
                .containsEntry(
                        "quietHours", Map.of("from", "22:00", "to", "06:15", "except", "high"))
                .hasEntrySatisfying(
                        "kinds",
                        kinds -> assertThat((List<?>) kinds).hasSize(2).asString().contains("ip"));
    }

    @Test
    void theUrlOfAChatIsKeptByAChangeThatDoesNotBringAnother() {
        String id = idOf(add("slack", "{'url':'%s'}".formatted(CHAT)));
        String sealed = sealed(id);
        String body = "{'name':'other','type':'slack','config':%s}";

        for (String same : List.of("{}", "{'url':null}", "{'url':'http://127.0.0.1:9/…'}")) {
            change(id, body.formatted(same))
                    .statusCode(200)
                    .body("name", equalTo("other"))
                    .body("config.url", equalTo("http://127.0.0.1:9/…"))
                    .body("", not(hasKey("secret")));
            assertThat(sealed(id)).isEqualTo(sealed);
        }
        change(id, body.formatted("{'url':'https://127.0.0.1:8443/another'}"))
                .statusCode(200)
                .body("config.url", equalTo("https://127.0.0.1:8443/…"))
                .body("", not(hasKey("secret")));
        assertThat(sealed(id)).isNotEqualTo(sealed);
    }

    /** What the database has of a secret. */
    private String sealed(String id) {
        try (var connection = dataSource.getConnection();
                var select =
                        connection.prepareStatement("select secret from channel where id = ?")) {
            select.setObject(1, UUID.fromString(id));
            var row = select.executeQuery();
            row.next();
            return row.getString(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aSecretIsShownInTheAnswerThatMadeItAndNowhereElse() {
        ValidatableResponse made = add("webhook", "{'url':'%s'}".formatted(HOOK));
        String id = made.body("secret", startsWith("whsec_")).extract().path("id");
        String body = "{'name':'n','type':'webhook','config':{'url':'%s'%s}}";

        change(id, body.formatted(HOOK, "")).statusCode(200).body("", not(hasKey("secret")));
        change(id, body.formatted(HOOK, ",'secret':'" + SECRET + "'"))
                .statusCode(200)
                .body("", not(hasKey("secret")))
                .body(not(containsString(SECRET)));
        Api.get("/channels/" + id).body("", not(hasKey("secret")));
        String rotated =
                Api.post("/channels/%s/rotate-secret".formatted(id), "")
                        .statusCode(200)
                        .body("formerSecretUntil", startsWith("20"))
                        .extract()
                        .path("secret");
        assertThat(rotated).startsWith("whsec_").isNotEqualTo(SECRET);
        Api.get("/channels/" + id).body("", not(hasKey("secret")));
        add("webhook", "{'url':'%s','secret':'%s'}".formatted(HOOK, SECRET))
                .statusCode(201)
                .body("", not(hasKey("secret")));
    }

    @Test
    void aChannelOfAnotherTypeHasAnotherSecret() {
        String id = idOf(add("webhook", "{'url':'%s'}".formatted(HOOK)));
        Api.post("/channels/%s/rotate-secret".formatted(id), Map.of()).statusCode(200);
        String hook = "{'name':'n','type':'webhook','config':{'url':'%s'}}".formatted(HOOK);

        refused(
                change(id, "{'name':'n','type':'slack','config':{}}"),
                "config.url",
                "incoming webhook");
        change(id, "{'name':'n','type':'slack','config':{'url':'%s'}}".formatted(CHAT))
                .statusCode(200)
                .body("formerSecretUntil", nullValue());
        refused(
                change(id, "{'name':'n','type':'discord','config':{}}"),
                "config.url",
                "incoming webhook");
        change(id, "{'name':'n','type':'email','config':{'to':['a@cert.example']}}")
                .statusCode(200)
                .body("config", equalTo(Map.of("to", List.of("a@cert.example"))));
        assertThat(sealed(id)).isNull();
        change(id, hook).statusCode(200).body("secret", startsWith("whsec_"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"email", "slack", "syslog"})
    void onlyWhatSignsHasASecretToReplace(String type) {
        String config =
                switch (type) {
                    case "email" -> "{'to':['a@cert.example']}";
                    case "slack" -> "{'url':'%s'}".formatted(CHAT);
                    default -> "{'url':'syslog+tls://127.0.0.1'}";
                };
        String id = idOf(add(type, config));
        String before = sealed(id);

        refused(
                Api.post("/channels/%s/rotate-secret".formatted(id), Map.of()),
                "type",
                "no secret that could be replaced");

        assertThat(sealed(id)).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT-1S", "P31D", "PT720H1S", "P1M", "tomorrow", "", "PT1.5"})
    void theTimeOfTwoSecretsIsBounded(String overlap) {
        String id = idOf(add("webhook", "{'url':'%s'}".formatted(HOOK)));
        String before = sealed(id);

        refused(
                Api.post("/channels/%s/rotate-secret".formatted(id), Map.of("overlap", overlap)),
                "overlap",
                "at most P30D");

        assertThat(sealed(id)).isEqualTo(before);
    }

    @Test
    void whatIsNotThereCannotBeChanged() {
        String missing = "/channels/" + UUID.randomUUID();
        for (String path : List.of(missing + "/rotate-secret", missing + "/test")) {
            Api.post(path, Map.of()).statusCode(404);
        }
        asAdmin().delete(missing).then().statusCode(404);
        change(
                        missing.substring("/channels/".length()),
                        "{'name':'n','type':'webhook','config':{'url':'%s'}}".formatted(HOOK))
                .statusCode(404);
    }

    private static ValidatableResponse add(String type, String config) {
        return Api.post(
                "/channels", json("{'name':'n','type':'%s','config':%s}".formatted(type, config)));
    }

    private static String idOf(ValidatableResponse added) {
        return added.statusCode(201).extract().path("id");
    }

    private static ValidatableResponse change(String id, String body) {
        return asAdmin()
                .contentType("application/json")
                .body(json(body))
                .put("/channels/" + id)
                .then();
    }

    private static void refused(ValidatableResponse response, String field, String sentence) {
        response.statusCode(400)
                .contentType("application/problem+json")
                .body(not(containsString("dev.vigie")), not(containsString("Exception")))
                .body(not(containsString("never-to-be-seen")), not(containsString(SECRET)));
        if (!field.isEmpty()) {
            response.body("violations[0].field", startsWith(field))
                    .body("violations[0].message", containsString(sentence));
        }
    }

    private static String json(String text) {
        return text.replace('\'', '"');
    }
}
