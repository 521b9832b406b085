package dev.vigie.x509;

import static dev.vigie.testing.TestDer.DNS;
import static dev.vigie.testing.TestDer.commonName;
import static dev.vigie.testing.TestDer.dns;
import static dev.vigie.testing.TestDer.extension;
import static dev.vigie.testing.TestDer.hex;
import static dev.vigie.testing.TestDer.latin1;
import static dev.vigie.testing.TestDer.rdn;
import static dev.vigie.testing.TestDer.sequence;
import static dev.vigie.testing.TestDer.string;
import static dev.vigie.testing.TestDer.text;
import static dev.vigie.testing.TestDer.tlv;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vigie.simulator.CertificateMaker;
import dev.vigie.simulator.OrdinaryNames;
import dev.vigie.testing.CertificateBuilder;
import dev.vigie.testing.DerTree;
import dev.vigie.testing.PlainNames;
import dev.vigie.testing.Watch;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Promises P5, P6 and P13: certificates of which one part is spoilt, while the watched name's own
 * element stays, and the id which says that names are names. Each is also read in a second way,
 * which has to see the same. {@code -Dvigie.mutants} makes more.
 */
class MutatedCertificateTest {

    private static final long SEED = Long.getLong("vigie.mutants.seed", 20261122);
    private static final int MUTANTS = Integer.getInteger("vigie.mutants", 20_000);
    private static final int MOST_SHOWN = 20;
    private static final String WATCHED = "login.watched.example";
    private static final byte[] NAME = dns(WATCHED);
    private static final byte[] NAMES_ID = hex("551d11");

    /** Where the spoilt part lies. */
    private enum Zone {
        ELSEWHERE,
        NAMES,
        FRAME
    }

    private final Random random = new Random(SEED);
    private final Watch watch = Watch.domain("watched.example");
    private final List<byte[]> certificates = new ArrayList<>();
    private final Map<Zone, Integer> made = new EnumMap<>(Zone.class);
    private final Map<Zone, List<String>> lost = new EnumMap<>(Zone.class);
    private final List<String> readOtherwise = new ArrayList<>();

    @BeforeEach
    void makeCertificates() {
        var maker = new CertificateMaker(SEED);
        var names = new OrdinaryNames(SEED);
        for (int i = 0; i < 15; i++) {
            List<String> all = new ArrayList<>(names.next());
            all.add(1 + random.nextInt(all.size()), WATCHED);
            var issuance = maker.issue(all, Instant.parse("2026-01-01T00:00:00Z"));
            certificates.add(issuance.certificate());
            certificates.add(issuance.precertificate());
        }
        for (int i = 0; i < 20; i++) {
            certificates.add(ownCertificate());
        }
    }

    private byte[] ownCertificate() {
        List<byte[]> names =
                new ArrayList<>(
                        List.of(
                                NAME,
                                dns("a" + random.nextInt() + ".test"),
                                tlv(0x87, hex("c0000201")),
                                tlv(0xa2, string(0x16, "in-a-piece.test")),
                                string(0x81, "me@mail.test"),
                                string(0x86, "https://uri.test/" + random.nextInt()),
                                tlv(0xa0, hex("06022a03 a003020101"))));
        Collections.shuffle(names, random);
        var builder =
                new CertificateBuilder()
                        .subject(rdn(commonName("cn.test"), commonName(wide("wide.test"))))
                        .with(extension("551d13", sequence(hex("0101ff"))));
        byte[] value = tlv(0x04, sequence(names.toArray(byte[][]::new)));
        builder.with(
                random.nextBoolean()
                        ? sequence(tlv(0x06, NAMES_ID), hex("0101ff"), value)
                        : sequence(tlv(0x06, NAMES_ID), value));
        return builder.with(extension("551d0f", hex("03020780"))).build();
    }

    private static byte[] wide(String text) {
        return text(0x1e, text, StandardCharsets.UTF_16BE);
    }

    @Test
    void unspoiltAllOfThemNameTheWatched() {
        for (byte[] certificate : certificates) {
            assertThat(watch.hits(certificate)).hasSize(1);
            assertThat(DerTree.read(certificate).encoded()).isEqualTo(certificate);
        }
    }

    @Test
    void whateverIsSpoiltTheNameIsFound() {
        for (int i = 0; i < MUTANTS; i++) {
            byte[] certificate = certificates.get(random.nextInt(certificates.size()));
            if (random.nextInt(4) == 0) {
                spoilBytes(certificate, i);
            } else {
                spoilElement(certificate, i);
            }
        }

        assertThat(made.keySet()).containsExactlyInAnyOrder(Zone.values());
        assertThat(lost.getOrDefault(Zone.ELSEWHERE, List.of())).isEmpty();
        assertThat(lost.values().stream().flatMap(List::stream).toList())
                .as("lost of %s", made)
                .hasSizeLessThanOrEqualTo(MUTANTS / 1_000);
        assertThat(readOtherwise).isEmpty();
    }

    private void spoilElement(byte[] certificate, int round) {
        DerTree tree = DerTree.read(certificate);
        List<DerTree> all = tree.all();
        DerTree name = nameIn(tree);
        List<DerTree> path = tree.pathTo(name);
        DerTree namesExtension = path.get(4);
        DerTree id = namesExtension.children().getFirst();
        List<DerTree> parents = all.stream().filter(t -> !t.children().isEmpty()).toList();
        Set<DerTree> untouched = new HashSet<>(List.of(name));
        String what;
        DerTree spoilt;
        switch (random.nextInt(5)) {
            case 0 -> {
                spoilt = pick(all, untouched);
                spoilt.tag(random.nextInt(256));
                what = "tag";
            }
            case 1 -> {
                spoilt = pick(all, untouched);
                spoilt.spoilLength(anotherLength(spoilt.length()));
                what = "length";
            }
            case 2 -> {
                untouched.add(id);
                spoilt = pick(all.stream().filter(t -> t.children().isEmpty()).toList(), untouched);
                spoilt.content(anotherContent(spoilt.content()));
                what = "value";
            }
            case 3 -> {
                DerTree parent = pick(parents, untouched);
                int one = random.nextInt(parent.children().size());
                spoilt = parent.children().get(one);
                Collections.swap(parent.children(), one, random.nextInt(parent.children().size()));
                what = "order";
            }
            default -> {
                DerTree parent = pick(parents, untouched);
                spoilt = parent.children().get(random.nextInt(parent.children().size()));
                parent.children().add(random.nextInt(parent.children().size()), spoilt.copy());
                what = "duplicate";
            }
        }
        Zone zone =
                namesExtension.all().contains(spoilt)
                        ? Zone.NAMES
                        : path.contains(spoilt) ? Zone.FRAME : Zone.ELSEWHERE;
        check(tree.encoded(), zone, "round %d, %s".formatted(round, what));
    }

    private static <T> T pick(Random random, List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    private DerTree pick(List<DerTree> from, Set<DerTree> untouched) {
        DerTree picked = pick(random, from);
        while (untouched.contains(picked)) {
            picked = pick(random, from);
        }
        return picked;
    }

    private byte[] anotherLength(byte[] length) {
        return switch (random.nextInt(4)) {
            case 0 -> new byte[] {(byte) random.nextInt(256)};
            case 1 -> new byte[] {(byte) 0x82, (byte) random.nextInt(8), (byte) random.nextInt()};
            case 2 -> {
                byte[] near = length.clone();
                near[near.length - 1] += (byte) (random.nextInt(9) - 4);
                yield near;
            }
            default -> {
                byte[] any = length.clone();
                any[random.nextInt(any.length)] = (byte) random.nextInt();
                yield any;
            }
        };
    }

    private byte[] anotherContent(byte[] content) {
        if (content.length == 0 || random.nextInt(4) == 0) {
            byte[] any = new byte[random.nextInt(300)];
            random.nextBytes(any);
            return any;
        }
        byte[] changed = content.clone();
        changed[random.nextInt(changed.length)] = (byte) random.nextInt();
        return changed;
    }

    /** Overwrites some bytes anywhere but in the name and in the id of the names. */
    private void spoilBytes(byte[] certificate, int round) {
        int name = indexOf(certificate, NAME);
        int id = indexOf(certificate, NAMES_ID);
        int size = 1 + random.nextInt(8);
        int at = random.nextInt(certificate.length - size);
        while (overlap(at, size, name, NAME.length) || overlap(at, size, id, NAMES_ID.length)) {
            at = random.nextInt(certificate.length - size);
        }
        byte[] mutant = certificate.clone();
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        System.arraycopy(bytes, 0, mutant, at, size);
        check(mutant, zone(certificate, at, size), "round %d, %d bytes".formatted(round, size));
    }

    private static Zone zone(byte[] certificate, int at, int size) {
        int position = 0;
        DerTree tree = DerTree.read(certificate);
        List<DerTree> path = tree.pathTo(nameIn(tree));
        for (int depth = 0; depth < 4; depth++) {
            DerTree frame = path.get(depth);
            int header = 1 + frame.length().length;
            if (overlap(at, size, position, header)) {
                return Zone.FRAME;
            }
            position += header;
            for (DerTree child : frame.children()) {
                if (child == path.get(depth + 1)) {
                    break;
                }
                position += child.encoded().length;
            }
        }
        return overlap(at, size, position, path.get(4).encoded().length)
                ? Zone.NAMES
                : Zone.ELSEWHERE;
    }

    private static DerTree nameIn(DerTree tree) {
        return tree.all().stream()
                .filter(t -> t.tag() == DNS && Arrays.equals(t.content(), latin1(WATCHED)))
                .findFirst()
                .orElseThrow();
    }

    private static boolean overlap(int at, int size, int start, int length) {
        return at < start + length && start < at + size;
    }

    private static int indexOf(byte[] bytes, byte[] part) {
        for (int at = 0; ; at++) {
            if (Arrays.equals(bytes, at, at + part.length, part, 0, part.length)) {
                return at;
            }
        }
    }

    private void check(byte[] mutant, Zone zone, String what) {
        made.merge(zone, 1, Integer::sum);
        try {
            if (watch.hits(mutant).isEmpty()) {
                lost.computeIfAbsent(zone, z -> new ArrayList<>()).add(describe(mutant, what));
            }
            String difference = PlainNames.difference(mutant);
            if (!difference.isEmpty() && readOtherwise.size() < MOST_SHOWN) {
                readOtherwise.add(difference + ", " + describe(mutant, what));
            }
        } catch (RuntimeException | Error e) {
            throw new AssertionError(describe(mutant, what), e);
        }
    }

    private static String describe(byte[] mutant, String what) {
        return "seed %d, %s: %s".formatted(SEED, what, HexFormat.of().formatHex(mutant));
    }
}
