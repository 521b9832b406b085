package dev.vigie.testing;

import dev.vigie.testing.FaultyFront.Fault;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/** Answers of get-entries and data tiles, taken apart into entries and put together differently. */
public final class EntryPieces {

    private static final String HEAD = "{\"entries\":[";
    private static final String TAIL = "]}";

    private EntryPieces() {}

    /** The right answer made of other entries. */
    public static Fault rearranged(UnaryOperator<List<byte[]>> change) {
        return WireFaults.body(body -> join(body, change.apply(new ArrayList<>(split(body)))));
    }

    private static boolean isJson(byte[] body) {
        return text(body).startsWith(HEAD);
    }

    /** The entries of an answer, each as it stands there. */
    public static List<byte[]> split(byte[] body) {
        if (isJson(body)) {
            String entries = text(body).substring(HEAD.length(), body.length - TAIL.length());
            return Arrays.stream(entries.split("(?<=}),(?=\\{)")).map(EntryPieces::bytes).toList();
        }
        List<byte[]> pieces = new ArrayList<>();
        int at = 0;
        while (at < body.length) {
            int start = at;
            boolean precert = body[at + 9] == 1;
            at += precert ? 42 : 10;
            at += 3 + number(body, at, 3);
            at += 2 + number(body, at, 2);
            at += precert ? 3 + number(body, at, 3) : 0;
            at += 2 + number(body, at, 2);
            pieces.add(Arrays.copyOfRange(body, start, at));
        }
        return pieces;
    }

    private static byte[] join(byte[] like, List<byte[]> pieces) {
        var out = new ByteArrayOutputStream();
        boolean json = isJson(like);
        out.writeBytes(bytes(json ? HEAD : ""));
        for (int i = 0; i < pieces.size(); i++) {
            out.writeBytes(bytes(json && i > 0 ? "," : ""));
            out.writeBytes(pieces.get(i));
        }
        out.writeBytes(bytes(json ? TAIL : ""));
        return out.toByteArray();
    }

    private static int number(byte[] from, int at, int bytes) {
        int number = 0;
        for (int i = 0; i < bytes; i++) {
            number = number << 8 | from[at + i] & 0xff;
        }
        return number;
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
