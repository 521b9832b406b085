package dev.vigie.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * The names of a certificate, found in the simplest way: the same leniency as the service's walker
 * (whatever is not a name is stepped over, whatever is not as it should be is noted), but recursive
 * and on copies. Names are written as {@link SeenNames} writes them.
 */
public final class PlainNames {

    private static final byte[] COMMON_NAME = {0x55, 0x04, 0x03};
    private static final byte[] SUBJECT_ALT_NAME = {0x55, 0x1d, 0x11};
    private static final int SUBJECT = 4;

    private final List<String> names = new ArrayList<>();
    private boolean readable = true;
    private boolean alternativeNamesSeen;

    private PlainNames() {}

    public static PlainNames of(byte[] certificate) {
        var found = new PlainNames();
        Optional<PlainDer> outer = PlainDer.first(certificate);
        if (outer.isPresent() && outer.get().isConstructed()) {
            found.tbs(outer.get().content());
        } else {
            found.readable = false;
        }
        String text = new String(certificate, ISO_8859_1);
        if (!found.alternativeNamesSeen
                && text.contains(new String(SUBJECT_ALT_NAME, ISO_8859_1))) {
            found.readable = false;
        }
        return found;
    }

    /** What the service's walker sees otherwise; empty if nothing. */
    public static String difference(byte[] certificate) {
        PlainNames plain = of(certificate);
        SeenNames seen = SeenNames.of(certificate);
        boolean same = seen.names().equals(plain.names);
        return same && (seen.problem() == null) == plain.readable
                ? ""
                : "walker: %s %s; plainly: %s %s"
                        .formatted(seen.names(), seen.problem(), plain.names, plain.readable);
    }

    public List<String> names() {
        return names;
    }

    /** Whether there is no doubt that these are all names. */
    public boolean isReadable() {
        return readable;
    }

    private void tbs(byte[] bytes) {
        Optional<PlainDer> tbs = PlainDer.first(bytes);
        if (tbs.isEmpty() || !tbs.get().isConstructed()) {
            readable = false;
            return;
        }
        int field = 0;
        for (PlainDer element : elements(tbs.get().children())) {
            boolean version = element.tag() == 0xa0 && field == 0;
            if (element.tag() == 0xa3) {
                extensions(element);
            } else if (!version && field++ == SUBJECT) {
                subject(element);
            }
        }
        readable &= field > SUBJECT;
    }

    /** What there is of them; that there may be more is noted. */
    private List<PlainDer> elements(PlainDer.Elements elements) {
        readable &= elements.isWhole();
        return elements.list();
    }

    private void subject(PlainDer subject) {
        for (PlainDer rdn : elements(subject.children())) {
            for (PlainDer attribute : elements(rdn.children())) {
                Iterator<PlainDer> parts = attribute.children().list().iterator();
                if (!parts.hasNext()) {
                    readable = false;
                } else if (Arrays.equals(parts.next().content(), COMMON_NAME)) {
                    if (parts.hasNext()) {
                        commonName(parts.next());
                    } else {
                        readable = false;
                    }
                }
            }
        }
    }

    private void commonName(PlainDer value) {
        byte[] text = together(value);
        names.add(
                "cn:"
                        + switch (value.tag() & 0xdf) {
                            case 0x1e -> latin1(wide(text, 2));
                            case 0x1c -> latin1(wide(text, 4));
                            default -> latin1(text);
                        });
    }

    private static byte[] wide(byte[] bytes, int width) {
        var text = new ByteArrayOutputStream();
        for (int at = 0; at + width <= bytes.length; at += width) {
            byte[] character = Arrays.copyOfRange(bytes, at, at + width);
            long c = Long.parseLong(HexFormat.of().formatHex(character), 16);
            text.writeBytes(
                    (c <= Character.MAX_CODE_POINT ? Character.toString((int) c) : "\ufffd")
                            .getBytes(UTF_8));
        }
        return text.toByteArray();
    }

    private void extensions(PlainDer field) {
        Optional<PlainDer> sequence = PlainDer.first(field.content());
        if (sequence.isEmpty()) {
            readable = false;
            return;
        }
        readable &= sequence.get().size() == field.content().length;
        for (PlainDer extension : elements(sequence.get().children())) {
            List<PlainDer> parts = new ArrayList<>(extension.children().list());
            if (parts.isEmpty()) {
                readable = false;
            } else if (Arrays.equals(parts.removeFirst().content(), SUBJECT_ALT_NAME)) {
                alternativeNames(parts, extension);
            }
        }
    }

    private void alternativeNames(List<PlainDer> parts, PlainDer extension) {
        alternativeNamesSeen = true;
        while (!parts.isEmpty() && parts.getFirst().tag() == 0x01) {
            parts.removeFirst();
        }
        if (parts.isEmpty()) {
            readable = false;
            return;
        }
        PlainDer value = parts.getFirst();
        readable &= (value.tag() & 0xdf) == 0x04;
        readable &= parts.size() == 1 && extension.children().isWhole();
        byte[] content = value.tag() == 0x24 ? together(value) : value.content();
        Optional<PlainDer> sequence = PlainDer.first(content);
        if (sequence.isEmpty() || !sequence.get().isConstructed()) {
            readable = false;
            return;
        }
        readable &= sequence.get().size() == content.length;
        for (PlainDer name : elements(sequence.get().children())) {
            if (name.tag() == 0x82 || name.tag() == 0xa2) {
                names.add("dns:" + latin1(together(name)));
            } else if (name.tag() == 0x87) {
                names.add("ip:" + HexFormat.of().formatHex(name.content()));
            }
        }
    }

    /** The text of a string, which may be in pieces; more than one piece is suspicious. */
    private byte[] together(PlainDer string) {
        if (!string.isConstructed()) {
            return string.content();
        }
        List<byte[]> pieces = new ArrayList<>();
        pieces(string, pieces);
        readable &= pieces.size() <= 1;
        var all = new ByteArrayOutputStream();
        pieces.forEach(all::writeBytes);
        return all.toByteArray();
    }

    private void pieces(PlainDer string, List<byte[]> pieces) {
        for (PlainDer piece : elements(string.children())) {
            if (piece.isConstructed()) {
                pieces(piece, pieces);
            } else {
                pieces.add(piece.content());
            }
        }
    }

    private static String latin1(byte[] bytes) {
        return new String(bytes, ISO_8859_1);
    }
}
