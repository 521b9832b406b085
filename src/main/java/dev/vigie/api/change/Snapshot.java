package dev.vigie.api.change;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ContainerNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vigie.hash.Sha256;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What something looks like, without secrets: for the audit, and to tell whether it has changed.
 */
@Singleton
class Snapshot {

    private static final List<String> SECRET = List.of("secret", "token", "password");
    private static final int TAG_LENGTH = 32;

    private final ObjectMapper json;

    Snapshot(ObjectMapper json) {
        this.json = json;
    }

    JsonNode of(@Nullable Object shown) {
        JsonNode tree = json.valueToTree(shown);
        forget(tree);
        return tree;
    }

    private static void forget(JsonNode tree) {
        if (tree instanceof ObjectNode object) {
            object.remove(SECRET);
        }
        if (tree instanceof ContainerNode<?> container) {
            container.forEach(Snapshot::forget);
        }
    }

    /** The same for the same content, and another one after any change. */
    static String tag(JsonNode snapshot) {
        String hash = Sha256.hash(snapshot.toString().getBytes(StandardCharsets.UTF_8)).toString();
        return "\"%s\"".formatted(hash.substring(0, TAG_LENGTH));
    }

    /** Whether a header names this tag, or any. */
    static boolean names(String header, String tag) {
        for (String named : header.split(",", -1)) {
            String one = named.strip();
            if (one.equals("*") || one.equals(tag) || one.equals("W/" + tag)) {
                return true;
            }
        }
        return false;
    }
}
