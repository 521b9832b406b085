package dev.vigie.notify;

import static dev.vigie.testing.HostileNames.all;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.vigie.delivery.AlertLinks;
import dev.vigie.delivery.AlertMessage;
import dev.vigie.delivery.ChannelType;
import dev.vigie.delivery.Destination;
import dev.vigie.delivery.Notifier;
import dev.vigie.secret.Secret;
import dev.vigie.testing.HostileNames;
import dev.vigie.testing.HostileNames.HostileName;
import dev.vigie.testing.TestSurroundings;
import dev.vigie.testing.WebhookReceiver;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * C21 to C26, P26: whatever a name is, what arrives in chats, at webhooks, on Kafka and at a syslog
 * server is the same as with a harmless one but for the name, which is text.
 */
@QuarkusTest
@WithTestResource(TestSurroundings.class)
@NullUnmarked
class HostileNamesTest {

    private static final ObjectMapper JSON = new JsonMapper();
    private static final HostileAlerts HARMLESS = HostileAlerts.harmless();

    /** Longer ones make messages so long that they are cut. */
    private static final int LONG = 150;

    @TempDir private static Path folder;

    private static WebhookReceiver receiver;
    private static SyslogServer syslogServer;
    private static final Map<ChannelType, List<JsonNode>> HARMLESS_SENT = new HashMap<>();

    @Inject SlackNotifier slack;
    @Inject MattermostNotifier mattermost;
    @Inject DiscordNotifier discord;
    @Inject TeamsNotifier teams;
    @Inject WebhookNotifier webhook;
    @Inject HookAddress addresses;
    @Inject AlertJson json;
    @Inject AlertLinks links;
    @Inject SyslogConfig syslogConfig;

    static Stream<HostileName> names() {
        return HostileNames.all();
    }

    @BeforeAll
    static void startServers() throws Exception {
        receiver = new WebhookReceiver();
        syslogServer = new SyslogServer(folder);
    }

    @AfterAll
    static void stopServers() throws IOException {
        receiver.close();
        syslogServer.close();
    }

    @Test
    void thereAreManyNames() {
        assertThat(all()).hasSizeGreaterThan(100);
        assertThat(all().map(HostileName::label)).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("names")
    void inSlackANameIsTextInOneCodeSpan(HostileName name) {
        assertChat(slack, "text", ChatReader::slack, name);
    }

    @ParameterizedTest
    @MethodSource("names")
    void inMattermostANameIsTextInOneCodeSpan(HostileName name) {
        assertChat(mattermost, "text", ChatReader::mattermost, name);
    }

    @ParameterizedTest
    @MethodSource("names")
    void inDiscordANameIsTextInOneCodeSpanAndCallsNobody(HostileName name) {
        for (JsonNode sent : assertChat(discord, "content", ChatReader::discord, name)) {
            assertThat(sent.at("/allowed_mentions/parse")).isEmpty();
            assertThat(sent.at("/allowed_mentions")).hasSize(1);
        }
    }

    private List<JsonNode> assertChat(
            Notifier chat, String field, Function<String, ChatReader> reader, HostileName name) {
        HostileAlerts hostile = HostileAlerts.of(name);
        List<JsonNode> harmless = harmless(chat);
        List<JsonNode> sent = send(chat, hostile);
        for (int i = 0; i < sent.size(); i++) {
            String message = sent.get(i).get(field).textValue();
            ChatReader expected = reader.apply(harmless.get(i).get(field).textValue());
            ChatReader read = reader.apply(message);

            List<String> code =
                    expected.code().stream()
                            .map(text -> hostile.exchanged(text, HostileNamesTest::inCode))
                            .toList();
            if (hostile.name().text().length() < LONG) {
                assertThat(read).isEqualTo(new ChatReader(code, expected.text()));
            } else {
                assertThat(read.code())
                        .allMatch(shown -> code.stream().anyMatch(text -> begins(shown, text)));
            }
            assertThat(without(field, sent.get(i))).isEqualTo(without(field, harmless.get(i)));
        }
        return sent;
    }

    private static boolean begins(String shown, String text) {
        return text.startsWith(
                shown.endsWith("…") ? shown.substring(0, shown.length() - 1) : shown);
    }

    private static String inCode(String text) {
        return text.isEmpty() ? "(empty)" : text.replace("`", "\\x60");
    }

    private static JsonNode without(String field, JsonNode object) {
        return object.<ObjectNode>deepCopy().without(field);
    }

    @ParameterizedTest
    @MethodSource("names")
    void inTeamsANameIsTheTextOfARun(HostileName name) {
        UnaryOperator<String> written =
                text -> text.isEmpty() ? "(empty)" : text.replace("{{", "{\\x7b");
        HostileAlerts hostile = HostileAlerts.of(name);
        List<JsonNode> sent = send(teams, hostile);
        for (int i = 0; i < sent.size(); i++) {
            JsonNode expected =
                    mapped(harmless(teams).get(i), text -> hostile.exchanged(text, written));
            assertThat(sent.get(i)).isEqualTo(expected);
            assertThat(sent.get(i).toString()).doesNotContain("{{");
        }
    }

    @Test
    void inTeamsTextsOfOthersStandInRunsOnly() {
        for (JsonNode sent : harmless(teams)) {
            sent.findParents("text").stream()
                    .filter(parent -> parent.get("text").textValue().contains("harmless"))
                    .forEach(run -> assertThat(run.get("type").textValue()).isEqualTo("TextRun"));
            sent.findValues("url").forEach(url -> assertOwn(url.textValue()));
        }
    }

    static Stream<HostileName> longNames() {
        return names().filter(name -> name.inert().text().length() > LONG);
    }

    @ParameterizedTest
    @MethodSource("longNames")
    void theLongestMessagesAreAsShortAsEachChatWantsThemAndStillLeadToMore(HostileName name) {
        for (AlertMessage message : HostileAlerts.of(name).longest()) {
            String more = json.url(message).getPath().replaceAll("/[^/]*$", "");
            String page = message.type().equals(AlertMessage.MATCH_CREATED) ? "/alerts/" : more;
            ChatText text = ChatAlert.of(message, links);

            assertThat(ChatMarkup.DISCORD.write(text, 2_000))
                    .isEqualTo(((Map<?, ?>) discord.payload(text)).get("content"))
                    .hasSizeLessThanOrEqualTo(2_000)
                    .contains(page);
            assertThat(((Map<?, ?>) slack.payload(text)).get("text").toString())
                    .hasSizeLessThanOrEqualTo(4_000)
                    .contains(page);
            assertThat(((Map<?, ?>) mattermost.payload(text)).get("text").toString())
                    .hasSizeLessThanOrEqualTo(8_000)
                    .contains(page);
            assertThat(new String(json.write(teams.payload(text)), UTF_8))
                    .contains(page)
                    .satisfies(card -> assertThat(card.getBytes(UTF_8)).hasSizeLessThan(28 * 1024));
        }
    }

    private void assertOwn(String url) {
        assertThat(url).matches(u -> u.startsWith(links.base()) || u.startsWith("https://crt.sh/"));
    }

    @ParameterizedTest
    @MethodSource("names")
    void atAWebhookANameIsAString(HostileName name) {
        HostileAlerts hostile = HostileAlerts.of(name);

        assertThat(send(webhook, hostile)).isEqualTo(exchanged(harmless(webhook), hostile));
    }

    @ParameterizedTest
    @MethodSource("names")
    void inACloudEventANameIsAString(HostileName name) throws IOException {
        HostileAlerts hostile = HostileAlerts.of(name);

        assertThat(cloudEvents(hostile)).isEqualTo(exchanged(cloudEvents(HARMLESS), hostile));
    }

    private List<JsonNode> cloudEvents(HostileAlerts alerts) throws IOException {
        List<JsonNode> events = new ArrayList<>();
        for (AlertMessage message : alerts.all()) {
            var event =
                    new KafkaNotifier.CloudEvent(
                            "1.0",
                            message.id(),
                            URI.create("http://vigie.example"),
                            message.type(),
                            message.createdAt(),
                            "application/json",
                            json.data(message));
            events.add(JSON.readTree(json.write(event)));
        }
        return events;
    }

    @ParameterizedTest
    @MethodSource("names")
    void forSyslogANameIsPartOfOneLine(HostileName name) throws IOException {
        HostileAlerts hostile = HostileAlerts.of(name);
        List<JsonNode> expected = exchanged(syslogTexts(HARMLESS), hostile);

        List<JsonNode> texts = syslogTexts(hostile);

        if (hostile.name().text().length() < LONG) {
            assertThat(texts).isEqualTo(expected);
        } else {
            assertThat(texts).hasSameSizeAs(expected);
            assertThat(hostile.name().text())
                    .startsWith(texts.getFirst().at("/data/names/0").asText());
        }
    }

    private List<JsonNode> syslogTexts(HostileAlerts alerts) throws IOException {
        var syslog = new SyslogMessage(syslogConfig, json, "vigie.example");
        List<JsonNode> texts = new ArrayList<>();
        for (AlertMessage message : alerts.all()) {
            texts.add(syslogText(message, "vigie\\.example", syslog.of(message)));
        }
        return texts;
    }

    /** The JSON in a line; its header is as it is to be. */
    private static JsonNode syslogText(AlertMessage message, String host, String line)
            throws IOException {
        assertThat(line).hasSizeLessThanOrEqualTo(8_192).matches("[ -~]+");
        String header =
                "<1[0-9]{2}>1 2026-11-29T10:11:12Z %s vigie [0-9]+ %s - \\{.*"
                        .formatted(host, message.type().replace(".", "\\."));
        assertThat(line).matches(header);
        return JSON.readTree(line.substring(line.indexOf('{')));
    }

    static Stream<HostileName> namesWithLineBreaks() {
        return names().filter(name -> name.text().matches("(?s).*[\\r\\n\u0085\u2028].*"));
    }

    @ParameterizedTest
    @MethodSource("namesWithLineBreaks")
    void atASyslogServerANameIsPartOfOneFrame(HostileName name) throws Exception {
        var notifier =
                new SyslogNotifier(
                        addresses, new Trust(syslogServer.trusted()), json, links, syslogConfig);
        var destination =
                new Destination(
                        UUID.randomUUID(),
                        ChannelType.SYSLOG,
                        List.of(),
                        syslogServer.url(),
                        null,
                        null);
        for (AlertMessage message : HostileAlerts.of(name).all()) {
            assertThat(notifier.send(destination, message))
                    .isEqualTo(new Notifier.Outcome.Delivered());

            String frame = new String(syslogServer.next(), UTF_8);

            int blank = frame.indexOf(' ');
            String line = frame.substring(blank + 1);
            assertThat(Integer.parseInt(frame.substring(0, blank))).isEqualTo(line.length());
            assertThat(syslogText(message, "localhost", line).get("type").textValue())
                    .isEqualTo(message.type());
        }
    }

    private static List<JsonNode> exchanged(List<JsonNode> harmless, HostileAlerts hostile) {
        return harmless.stream().map(node -> mapped(node, hostile::exchanged)).toList();
    }

    /** The same with other texts; the names of fields stay. */
    private static JsonNode mapped(JsonNode node, UnaryOperator<String> texts) {
        return switch (node) {
            case TextNode text -> TextNode.valueOf(texts.apply(text.textValue()));
            case ArrayNode array -> {
                ArrayNode mapped = JSON.createArrayNode();
                array.forEach(element -> mapped.add(mapped(element, texts)));
                yield mapped;
            }
            case ObjectNode object -> {
                ObjectNode mapped = JSON.createObjectNode();
                object.properties()
                        .forEach(field ->
                                mapped.set(field.getKey(), mapped(field.getValue(), texts)));
                yield mapped;
            }
            default -> node;
        };
    }

    private List<JsonNode> harmless(Notifier notifier) {
        return HARMLESS_SENT.computeIfAbsent(notifier.type(), type -> send(notifier, HARMLESS));
    }

    /** Sends all alerts; what arrives, parsed strictly. */
    private static List<JsonNode> send(Notifier notifier, HostileAlerts alerts) {
        var destination =
                new Destination(
                        UUID.randomUUID(),
                        notifier.type(),
                        List.of(),
                        receiver.url(),
                        new Secret(
                                notifier instanceof WebhookNotifier
                                        ? WebhookSignature.newSecret()
                                        : receiver.url()),
                        null);
        int before = receiver.received().size();
        for (AlertMessage message : alerts.all()) {
            assertThat(notifier.send(destination, message))
                    .isEqualTo(new Notifier.Outcome.Delivered());
        }
        return receiver.received().stream().skip(before).map(HostileNamesTest::parsed).toList();
    }

    private static JsonNode parsed(WebhookReceiver.Received received) {
        try {
            return JSON.readTree(received.body());
        } catch (IOException e) {
            throw new AssertionError(received.body(), e);
        }
    }
}
