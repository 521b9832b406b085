package dev.vigie.ct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.vigie.ct.merkle.MerkleHasher;
import dev.vigie.hash.Sha256;
import dev.vigie.testing.WireBytes;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LeafCursorTest {

    private static final byte[] CERTIFICATE = {0x30, 3, 1, 1, 7};
    private static final byte[] LEAF_INDEX = {0, 0, 5, 1, 0, 0, 0, 9};

    private final LeafCursor leaf = new LeafCursor();

    @Test
    void aLeafWithACertificateIsRead() {
        EntryBatch batch = batch(x509(CERTIFICATE).opaque(2).toByteArray());

        assertThat(leaf.read(batch, 0)).isNull();
        assertThat(leaf.type()).isEqualTo(EntryType.X509);
        assertThat(leaf.timestamp()).isEqualTo(0x13ddb27ded9L);
        assertThat(certificate(batch)).isEqualTo(CERTIFICATE);
        assertThat(leaf.leafIndex()).isEqualTo(-1);
    }

    @Test
    void aLeafWithAPrecertificateIsRead() {
        byte[] issuer = Sha256.hash(CERTIFICATE).bytes();
        EntryBatch batch = batch(precert(issuer, CERTIFICATE).opaque(2).toByteArray());

        assertThat(leaf.read(batch, 0)).isNull();
        assertThat(leaf.type()).isEqualTo(EntryType.PRECERT);
        assertThat(certificate(batch)).isEqualTo(CERTIFICATE);
        assertThat(Sha256.at(batch.buffer(), leaf.issuerKeyHashOffset()).bytes()).isEqualTo(issuer);
    }

    static Stream<Arguments> extensions() {
        byte[] unknown = {9, 0, 2, 1, 1};
        return Stream.of(
                arguments("leaf index", LEAF_INDEX, 0x01_0000_0009L),
                arguments("unknown, then leaf index", concat(unknown, LEAF_INDEX), 0x01_0000_0009L),
                arguments("leaf index, then unknown", concat(LEAF_INDEX, unknown), 0x01_0000_0009L),
                arguments("unknown only", unknown, -1L),
                arguments("leaf index of four bytes", new byte[] {0, 0, 4, 0, 0, 0, 9}, -1L),
                arguments("leaf index of six bytes", new byte[] {0, 0, 6, 0, 0, 0, 0, 0, 9}, -1L),
                arguments("L18 beyond the end", new byte[] {0, (byte) 0xff, (byte) 0xff, 1}, -1L),
                arguments("one byte", new byte[] {0}, -1L));
    }

    /** L24: what the extensions are worth is not decided here; they cost no name. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("extensions")
    void oddExtensionsDoNotMakeALeafUnreadable(String what, byte[] extensions, long index) {
        EntryBatch batch = batch(x509(CERTIFICATE).opaque(2, extensions).toByteArray());

        assertThat(leaf.read(batch, 0)).isNull();
        assertThat(leaf.leafIndex()).isEqualTo(index);
        assertThat(certificate(batch)).isEqualTo(CERTIFICATE);
    }

    static Stream<Arguments> unreadable() {
        byte[] good = x509(CERTIFICATE).opaque(2).toByteArray();
        return Stream.of(
                arguments("L15 empty", new byte[0], "two bytes"),
                arguments("L17 version 1", with(good, 0, 1), "version 1"),
                arguments("L17 leaf type 1", with(good, 1, 1), "leaf type 1"),
                arguments("L17 entry type 2", with(good, 11, 2), "entry type 2"),
                arguments("L17 entry type 0xFF00", with(good, 10, 0xff), "entry type 65280"),
                arguments("L18 certificate beyond the end", with(good, 14, 200), "past its leaf"),
                arguments("L18 certificate of 16 MiB", with(good, 12, 0xff), "past its leaf"),
                arguments("L18 trailing byte", Arrays.copyOf(good, good.length + 1), "extensions"),
                arguments(
                        "L18 extensions of 65535",
                        x509(CERTIFICATE).number(2, 65535).toByteArray(),
                        "extensions"),
                arguments("no extensions", x509(CERTIFICATE).toByteArray(), "cut short"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unreadable")
    void anUnreadableLeafSaysWhyAndStillHasItsHash(String what, byte[] input, String why) {
        EntryBatch batch = batch(input);
        var hasher = new MerkleHasher();
        byte[] hash = new byte[Sha256.LENGTH];
        batch.leafHash(0, hasher, hash, 0);

        assertThat(leaf.read(batch, 0)).contains(why);
        assertThat(hash).isEqualTo(hasher.leaf(input).bytes());
        assertThat(batch.leafInput(0)).isEqualTo(input);
    }

    /** L18 */
    @Test
    void aLeafWhoseExtensionsAreBrokenStillShowsItsCertificate() {
        EntryBatch batch = batch(x509(CERTIFICATE).number(2, 65535).toByteArray());

        assertThat(leaf.read(batch, 0)).isNotNull();
        assertThat(certificate(batch)).isEqualTo(CERTIFICATE);
    }

    @Test
    void everyCutOfALeafIsUnreadable() {
        byte[] whole = precert(new byte[32], CERTIFICATE).opaque(2, LEAF_INDEX).toByteArray();
        for (int length = 0; length < whole.length; length++) {
            assertThat(leaf.read(batch(Arrays.copyOf(whole, length)), 0)).isNotNull();
        }
        assertThat(leaf.read(batch(whole), 0)).isNull();
    }

    @Test
    void anUnreadableLeafShowsNothingOfTheOneBefore() {
        byte[] readable = x509(CERTIFICATE).opaque(2, LEAF_INDEX).toByteArray();
        var batch =
                new EntryBatch(EntryBatch.Form.LEAF_INPUT, 0, concat(readable, new byte[] {1}), 2);
        batch.add(0, readable.length, 0, 0);
        batch.add(readable.length, 1, 0, 0);
        leaf.read(batch, 0);

        assertThat(leaf.read(batch, 1)).isNotNull();

        assertThat(leaf.certificateLength()).isZero();
        assertThat(leaf.leafIndex()).isEqualTo(-1);
        assertThat(leaf.timestamp()).isZero();
    }

    @Test
    void randomBytesNeverLeadOutsideTheLeaf() {
        var random = new Random(6962);
        for (int i = 0; i < 20_000; i++) {
            byte[] input = new byte[random.nextInt(70)];
            random.nextBytes(input);
            byte[] start = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, (byte) (i % 3), 0, 0};
            System.arraycopy(start, 0, input, 0, Math.min(input.length, start.length));

            assertThatCode(() -> leaf.read(batch(input), 0)).doesNotThrowAnyException();

            if (leaf.certificateLength() > 0) {
                assertThat(leaf.certificateOffset() + leaf.certificateLength())
                        .isLessThanOrEqualTo(input.length);
            }
        }
    }

    private byte[] certificate(EntryBatch batch) {
        int offset = leaf.certificateOffset();
        return Arrays.copyOfRange(batch.buffer(), offset, offset + leaf.certificateLength());
    }

    private static WireBytes x509(byte[] certificate) {
        return new WireBytes()
                .number(2, 0)
                .number(8, 0x13ddb27ded9L)
                .number(2, 0)
                .opaque(3, certificate);
    }

    private static WireBytes precert(byte[] issuer, byte[] tbs) {
        return new WireBytes().number(2, 0).number(8, 1).number(2, 1).raw(issuer).opaque(3, tbs);
    }

    private static EntryBatch batch(byte[] leafInput) {
        var batch = new EntryBatch(EntryBatch.Form.LEAF_INPUT, 0, leafInput, 1);
        batch.add(0, leafInput.length, 0, 0);
        return batch;
    }

    private static byte[] with(byte[] bytes, int at, int value) {
        byte[] changed = bytes.clone();
        changed[at] = (byte) value;
        return changed;
    }

    private static byte[] concat(byte[] one, byte[] other) {
        return new WireBytes().raw(one).raw(other).toByteArray();
    }
}
