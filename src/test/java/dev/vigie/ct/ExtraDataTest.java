package dev.vigie.ct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.vigie.hash.Sha256;
import dev.vigie.testing.WireBytes;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ExtraDataTest {

    private static final byte[] PRECERTIFICATE = {0x30, 1, 2};
    private static final byte[] ISSUER = {0x30, 3};
    private static final byte[] ROOT = {0x30, 4};
    private static final byte[] CHAIN =
            new WireBytes().opaque(3, ISSUER).opaque(3, ROOT).toByteArray();

    @Test
    void theChainOfACertificateIsRead() {
        ExtraData extra = classic(new WireBytes().opaque(3, CHAIN), EntryType.X509);

        assertThat(extra.precertificate()).isEmpty();
        assertThat(extra.chain()).containsExactly(ISSUER, ROOT);
        assertThat(extra.chainFingerprints()).isEmpty();
    }

    @Test
    void aPrecertificateComesBeforeItsChain() {
        ExtraData extra =
                classic(
                        new WireBytes().opaque(3, PRECERTIFICATE).opaque(3, CHAIN),
                        EntryType.PRECERT);

        assertThat(extra.precertificate()).contains(PRECERTIFICATE);
        assertThat(extra.chain()).containsExactly(ISSUER, ROOT);
    }

    @Test
    void aTileNamesTheChainByItsHashes() {
        byte[] hashes =
                new WireBytes()
                        .raw(Sha256.hash(ISSUER).bytes())
                        .raw(Sha256.hash(ROOT).bytes())
                        .toByteArray();

        ExtraData extra =
                tile(
                        new WireBytes().opaque(3, PRECERTIFICATE).opaque(2, hashes),
                        EntryType.PRECERT);

        assertThat(extra.precertificate()).contains(PRECERTIFICATE);
        assertThat(extra.chainFingerprints())
                .containsExactly(Sha256.hash(ISSUER), Sha256.hash(ROOT));
        assertThat(extra.chain()).isEmpty();
    }

    /** L19 */
    @Test
    void chainsOfNoneAndOfTenThousandCertificatesAreRead() {
        var many = new WireBytes();
        for (int i = 0; i < 10_000; i++) {
            many.opaque(3, ISSUER);
        }

        assertThat(classic(new WireBytes().opaque(3), EntryType.X509).chain()).isEmpty();
        assertThat(classic(new WireBytes().opaque(3, many.toByteArray()), EntryType.X509).chain())
                .hasSize(10_000);
    }

    static Stream<Arguments> broken() {
        var chain = new WireBytes().opaque(3, CHAIN);
        return Stream.of(
                arguments("nothing", new WireBytes(), EntryType.X509),
                arguments("two bytes", new WireBytes().number(2, 0), EntryType.X509),
                arguments("list beyond the end", new WireBytes().number(3, 9), EntryType.X509),
                arguments("bytes after it", chain.number(1, 0), EntryType.X509),
                arguments(
                        "certificate beyond its list",
                        new WireBytes().opaque(3, new WireBytes().number(3, 1).toByteArray()),
                        EntryType.X509),
                arguments(
                        "no chain after the precertificate",
                        new WireBytes().opaque(3, PRECERTIFICATE),
                        EntryType.PRECERT),
                arguments(
                        "16 MiB announced",
                        new WireBytes().number(3, 0xffffff),
                        EntryType.PRECERT));
    }

    /** L19 */
    @ParameterizedTest(name = "{0}")
    @MethodSource("broken")
    void brokenExtraDataIsRefused(String what, WireBytes extra, EntryType type) {
        assertThatIllegalArgumentException().isThrownBy(() -> classic(extra, type));
    }

    @Test
    void fingerprintsThatDoNotFillTheirListAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> tile(new WireBytes().opaque(2, new byte[33]), EntryType.X509));
    }

    /** L18 */
    @Test
    void extraDataThatIsNotBase64IsRefused() {
        byte[] base64 = {'A', 'A', '!', 'A'};

        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        ExtraData.of(batch(EntryBatch.Form.LEAF_INPUT, base64), 0, EntryType.X509));
    }

    private static ExtraData classic(WireBytes extra, EntryType type) {
        byte[] base64 = Base64.getEncoder().encode(extra.toByteArray());
        return ExtraData.of(batch(EntryBatch.Form.LEAF_INPUT, base64), 0, type);
    }

    private static ExtraData tile(WireBytes extra, EntryType type) {
        return ExtraData.of(batch(EntryBatch.Form.TILE, extra.toByteArray()), 0, type);
    }

    private static EntryBatch batch(EntryBatch.Form form, byte[] extra) {
        byte[] buffer = new WireBytes().number(5, 0).raw(extra).number(3, 0).toByteArray();
        var batch = new EntryBatch(form, 0, buffer, 1);
        batch.add(0, 5, 5, extra.length);
        return batch;
    }
}
