package dev.vigie.dns;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a name in a certificate may mean that is not plainly a domain name: a URL, an address, text
 * in another script, text with a NUL. The owner of a domain wants to know of all of them, so every
 * reading counts.
 */
public final class OddName {

    /** Stands for a label that cannot be read; it may be any label. */
    public static final String UNREADABLE_LABEL = "?";

    /** Longer text than any name or URL that matters; hostile names have megabytes. */
    private static final int LONGEST = 4096;

    private static final Pattern NOT_ASCII = Pattern.compile("[\u0080-\u00ff]+");

    private OddName() {}

    /** All readings, in lower case, with A-labels where possible. */
    public static List<String> readings(byte[] bytes, int offset, int length) {
        int used = Math.min(length, LONGEST);
        Set<String> texts = new LinkedHashSet<>();
        // the end of a name says whose it is, but before a path or a NUL it is the beginning
        texts(bytes, offset + length - used, used, texts);
        if (used < length) {
            texts(bytes, offset, used, texts);
        }
        Set<String> readings = new LinkedHashSet<>();
        for (String text : texts) {
            readings.add(canonical(text));
        }
        readings.remove("");
        return new ArrayList<>(readings);
    }

    private static void texts(byte[] bytes, int offset, int length, Set<String> texts) {
        String latin1 = new String(bytes, offset, length, StandardCharsets.ISO_8859_1);
        cuts(latin1, texts);
        if (!latin1.chars().allMatch(c -> c < 0x80)) {
            // run by run, so that a bad byte elsewhere does not change the script of a label
            cuts(NOT_ASCII.matcher(latin1).replaceAll(run -> utf8(run.group())), texts);
        }
    }

    /** The text whole and cut where a careless reader would cut it. */
    private static void cuts(String whole, Set<String> texts) {
        texts.add(trim(whole));
        String text = trim(withoutScheme(trim(whole)));
        texts.add(text);
        for (char separator : new char[] {'\0', '/', '?', '#', ':'}) {
            int at = text.indexOf(separator);
            if (at >= 0) {
                texts.add(trim(text.substring(0, at)));
                hostOf(text.substring(0, at), texts);
            }
        }
        hostOf(text, texts);
    }

    private static void hostOf(String text, Set<String> texts) {
        int at = text.lastIndexOf('@');
        if (at >= 0) {
            String host = text.substring(at + 1);
            int port = host.indexOf(':');
            texts.add(trim(port < 0 ? host : host.substring(0, port)));
        }
    }

    private static String withoutScheme(String text) {
        int at = text.indexOf("://");
        return at >= 0 && at < 12 ? text.substring(at + 3) : text;
    }

    private static String trim(String text) {
        String trimmed = text.strip();
        int start = 0;
        int end = trimmed.length();
        while (end > start && trimmed.charAt(end - 1) == '.') {
            end--;
        }
        while (start < end && trimmed.charAt(start) == '.') {
            start++;
        }
        return trimmed.substring(start, end);
    }

    private static String canonical(String name) {
        if (name.chars().allMatch(c -> c < 0x80)) {
            return redacted(name.toLowerCase(Locale.ROOT));
        }
        // full stops of other scripts are plain ones by now
        return trim(Idna.toAscii(name).orElseGet(() -> labelByLabel(name)))
                .toLowerCase(Locale.ROOT);
    }

    /** Where a name as a whole is not valid, each label speaks for itself. */
    private static String labelByLabel(String name) {
        List<String> labels = new ArrayList<>();
        for (String label : name.split("[.\u3002\uff0e\uff61]", -1)) {
            boolean ascii = label.chars().allMatch(c -> c < 0x80);
            labels.add(ascii ? label : Idna.toAscii(label).orElse(UNREADABLE_LABEL));
        }
        return String.join(".", labels);
    }

    /** CAs once hid labels as {@code (PRIVATE)}. */
    private static String redacted(String name) {
        return name.replace("(private)", UNREADABLE_LABEL);
    }

    private static String utf8(String latin1) {
        try {
            byte[] bytes = latin1.getBytes(StandardCharsets.ISO_8859_1);
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            return latin1;
        }
    }
}
