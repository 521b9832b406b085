package dev.vigie.dns;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Below which names anybody can register one: the Public Suffix List, ICANN's part and the private
 * one. A top-level domain that it does not know counts as a suffix, as the list itself says.
 * Immutable.
 *
 * <p>Names are in canonical form: lower case, A-labels, no full stop at either end.
 */
public final class PublicSuffixes {

    private static final String RESOURCE = "/public_suffix_list.dat";

    /** Ten times what the list has today. */
    private static final int LARGEST_FILE = 4 << 20;

    private static final int FEWEST_RULES = 1000;
    private static final String ICANN_ENDS = "===END ICANN DOMAINS===";
    private static final String PRIVATE_BEGINS = "===BEGIN PRIVATE DOMAINS===";
    private static final String PRIVATE_ENDS = "===END PRIVATE DOMAINS===";

    private final SuffixTree tree;

    PublicSuffixes(SuffixTree tree) {
        this.tree = tree;
    }

    /** The list that came with this release. */
    public static PublicSuffixes bundled() {
        return Bundled.LIST;
    }

    /**
     * Reads a newer list.
     *
     * @throws IOException if the file cannot be read
     * @throws IllegalArgumentException with a sentence if it is no such list, or not all of it
     */
    public static PublicSuffixes read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return read(in, "'%s'".formatted(InertName.of(file.toString()).text()));
        }
    }

    private static PublicSuffixes read(InputStream in, String name) throws IOException {
        byte[] bytes = in.readNBytes(LARGEST_FILE + 1);
        if (bytes.length > LARGEST_FILE) {
            throw new IllegalArgumentException(
                    "%s is no Public Suffix List: it has more than %d bytes."
                            .formatted(name, LARGEST_FILE));
        }
        String text = new String(bytes, StandardCharsets.UTF_8);
        boolean whole =
                text.contains(ICANN_ENDS)
                        && text.contains(PRIVATE_BEGINS) == text.contains(PRIVATE_ENDS);
        if (!whole) {
            throw new IllegalArgumentException(
                    "%s is no Public Suffix List, or not all of it: the mark of its end is missing."
                            .formatted(name));
        }
        SuffixTree tree;
        try {
            tree = SuffixTree.parse(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "%s is no Public Suffix List: %s".formatted(name, e.getMessage()), e);
        }
        if (tree.rules() < FEWEST_RULES) {
            throw new IllegalArgumentException(
                    "%s is no Public Suffix List: it has %d rules, fewer than %d."
                            .formatted(name, tree.rules(), FEWEST_RULES));
        }
        return new PublicSuffixes(tree);
    }

    /** Offset at which the public suffix of the name begins. Creates no object. */
    public int suffixStart(byte[] name, int length) {
        return tree.suffixStart(name, length);
    }

    /**
     * Offset at which the registrable domain begins, one label before the suffix; -1 if the name is
     * a suffix itself. Creates no object.
     */
    public int registrableStart(byte[] name, int length) {
        return labelBefore(name, suffixStart(name, length));
    }

    private static int labelBefore(byte[] name, int offset) {
        if (offset < 2) {
            return -1;
        }
        int start = offset - 1;
        while (start > 0 && name[start - 1] != '.') {
            start--;
        }
        return start;
    }

    /** Whether anybody can register a name below this one. */
    public boolean isPublicSuffix(String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        return suffixStart(bytes, bytes.length) == 0;
    }

    /** The part of a name that somebody registered; empty if it is a suffix itself. */
    public Optional<String> registrableDomain(String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        int start = registrableStart(bytes, bytes.length);
        return start < 0
                ? Optional.empty()
                : Optional.of(
                        new String(bytes, start, bytes.length - start, StandardCharsets.UTF_8));
    }

    private static final class Bundled {
        private static final PublicSuffixes LIST = load();

        private static PublicSuffixes load() {
            try (InputStream in = PublicSuffixes.class.getResourceAsStream(RESOURCE)) {
                if (in == null) {
                    throw new IllegalStateException("the resource " + RESOURCE + " is missing");
                }
                return read(in, "The bundled file");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
