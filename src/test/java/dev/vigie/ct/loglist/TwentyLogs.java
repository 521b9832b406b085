package dev.vigie.ct.loglist;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vigie.simulator.LogSigner;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A list of ten usable logs of each protocol, and what may happen to it. */
final class TwentyLogs {

    static final String DATE = "2026-11-21T00:00:00Z";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<LogSigner> KEYS =
            Stream.generate(LogSigner::ecdsa).limit(30).toList();

    private TwentyLogs() {}

    static ObjectNode list() {
        ObjectNode list = JSON.createObjectNode().put("log_list_timestamp", DATE);
        ObjectNode operator = list.putArray("operators").addObject().put("name", "Operator");
        operator.putArray("logs");
        operator.putArray("tiled_logs");
        for (int i = 0; i < 10; i++) {
            classic(list).add(log(i));
            tiled(list).add(makeTiled(log(10 + i)));
        }
        return list;
    }

    static LogList parse(ObjectNode list) throws LogListException {
        return LogListParser.parse(list.toString().getBytes(UTF_8));
    }

    static ArrayNode classic(ObjectNode list) {
        return (ArrayNode) list.at("/operators/0/logs");
    }

    static ArrayNode tiled(ObjectNode list) {
        return (ArrayNode) list.at("/operators/0/tiled_logs");
    }

    /** An RFC 6962 log; those from 20 to 29 are not in the list. */
    static ObjectNode log(int number) {
        ObjectNode log =
                JSON.createObjectNode()
                        .put("description", "Log " + number)
                        .put("log_id", id(number))
                        .put("key", key(number))
                        .put("url", "https://log.test/%d/".formatted(number));
        state("usable").accept(log);
        return log;
    }

    static ObjectNode makeTiled(ObjectNode log) {
        return log.put("monitoring_url", log.get("url").asText())
                .put("submission_url", log.remove("url").asText());
    }

    static String id(int number) {
        return KEYS.get(number).publicKey().id().hash().base64();
    }

    static String key(int number) {
        return Base64.getEncoder().encodeToString(KEYS.get(number).spki());
    }

    static Consumer<ObjectNode> state(String state) {
        return log ->
                log.putObject("state").putObject(state).put("timestamp", "2026-01-01T00:00:00Z");
    }

    static Consumer<ObjectNode> url(String url) {
        return log -> log.put(log.has("url") ? "url" : "monitoring_url", url);
    }

    static Consumer<ObjectNode> dated(String date) {
        return list -> list.put("log_list_timestamp", date);
    }

    /** Changes the first so many logs, beginning with those of RFC 6962. */
    static Consumer<ObjectNode> each(int logs, Consumer<ObjectNode> change) {
        return list -> {
            for (int i = 0; i < logs; i++) {
                change.accept((ObjectNode) (i < 10 ? classic(list) : tiled(list)).get(i % 10));
            }
        };
    }

    static Consumer<ObjectNode> classicLog(Consumer<ObjectNode> change) {
        return each(1, change);
    }

    static Consumer<ObjectNode> tiledLog(Consumer<ObjectNode> change) {
        return list -> change.accept((ObjectNode) tiled(list).get(9));
    }

    /** Leaves out so many logs, the last ones first. */
    static Consumer<ObjectNode> without(int logs) {
        return list -> {
            for (int i = 0; i < logs; i++) {
                ArrayNode array = tiled(list).isEmpty() ? classic(list) : tiled(list);
                array.remove(array.size() - 1);
            }
        };
    }

    static Consumer<ObjectNode> with(ObjectNode... logs) {
        return list -> classic(list).addAll(List.of(logs));
    }
}
