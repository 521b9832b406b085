package dev.vigie.testing;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Text in entries changed on the way, in a data tile as well as in the base64 of get-entries. */
public final class AlteredAnswer {

    private static final Pattern BASE64 = Pattern.compile("\"([A-Za-z0-9+/]{40,}=*)\"");

    private AlteredAnswer() {}

    /** Replaces text by other text of the same length. */
    public static UnaryOperator<byte[]> with(String from, String to) {
        return body -> replace(body, from, to);
    }

    /** A get-entries answer with fewer entries, at least one. */
    public static UnaryOperator<byte[]> shortened(Random random) {
        return body -> {
            String text = new String(body, StandardCharsets.ISO_8859_1);
            List<Integer> ends = new ArrayList<>();
            for (int at = text.indexOf("},{"); at >= 0; at = text.indexOf("},{", at + 1)) {
                ends.add(at + 1);
            }
            return ends.isEmpty()
                    ? body
                    : bytes(text.substring(0, ends.get(random.nextInt(ends.size()))) + "]}");
        };
    }

    private static byte[] replace(byte[] body, String from, String to) {
        String text = new String(body, StandardCharsets.ISO_8859_1);
        if (!text.startsWith("{\"entries\"")) {
            return bytes(text.replace(from, to));
        }
        Matcher values = BASE64.matcher(text);
        return bytes(
                values.replaceAll(value -> {
                    byte[] decoded = Base64.getDecoder().decode(value.group(1));
                    byte[] altered =
                            bytes(
                                    new String(decoded, StandardCharsets.ISO_8859_1)
                                            .replace(from, to));
                    return '"' + Base64.getEncoder().encodeToString(altered) + '"';
                }));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
