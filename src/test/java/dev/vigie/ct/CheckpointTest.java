package dev.vigie.ct;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.vigie.hash.Sha256;
import dev.vigie.simulator.LogSigner;
import dev.vigie.testing.SharedData;
import dev.vigie.testing.WireBytes;
import java.util.Base64;
import java.util.HexFormat;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CheckpointTest {

    private static final String ORIGIN = "log.test/2026h2";
    private static final LogSigner SIGNER = LogSigner.ecdsa();
    private static final TreeHead HEAD = new TreeHead(1234, Sha256.hash(new byte[] {1}));
    private static final String NOTE = SIGNER.checkpoint(ORIGIN, HEAD, 99);
    private static final String TEXT = NOTE.substring(0, NOTE.indexOf("— "));
    private static final String SIGNATURE = NOTE.substring(NOTE.indexOf("— "));

    static Stream<Arguments> realCheckpoints() {
        return Stream.of(
                arguments("eszigno2026h2_20260927", "eszigno2026h2.log.ct.e-szigno.hu", 1_780_903L),
                arguments("luoshu2027_20260927", "luoshu2027.trustasia.com/luoshu2027", 160598866L),
                arguments("parcelyard2026h2_20260927", PARCELYARD, 1_489_866_565L),
                arguments("parcelyard2026h2_20261007", PARCELYARD, 1_587_930_800L),
                arguments("sycamore2026h2_20260927", SYCAMORE, 975_308_166L),
                arguments("tuscolo2026h2_20260927", TUSCOLO, 919_625_055L));
    }

    private static final String PARCELYARD = "parcelyard2026h2.prod.certificate.transparency.goog";
    private static final String SYCAMORE = "log.sycamore.ct.letsencrypt.org/2026h2";
    private static final String TUSCOLO = "tuscolo2026h2.sunlight.geomys.org";

    @ParameterizedTest(name = "{0}")
    @MethodSource("realCheckpoints")
    void realCheckpointsVerifyAmongGreaseAndWitnesses(String file, String origin, long size)
            throws Exception {
        byte[] note = SharedData.read("checkpoints/" + file + ".checkpoint");
        LogKey key = SharedData.keyOf("//" + origin + "/");

        SignedTreeHead head = Checkpoint.parse(note, origin, key);

        assertThat(head.size()).isEqualTo(size);
        assertThat(head.time()).isBetween("2026-09-26T00:00:00Z", "2026-10-08T00:00:00Z");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("realCheckpoints")
    void aRealCheckpointOfAnotherSizeDoesNotVerify(String file, String origin, long size) {
        String note = new String(SharedData.read("checkpoints/" + file + ".checkpoint"), UTF_8);
        LogKey key = SharedData.keyOf("//" + origin + "/");
        String grown = note.replaceFirst("\n" + size + "\n", "\n" + (size + 1) + "\n");

        assertThatExceptionOfType(LogMisbehaviorException.class)
                .isThrownBy(() -> Checkpoint.parse(grown.getBytes(UTF_8), origin, key))
                .withMessageContaining("does not verify");
    }

    static Stream<Arguments> keyIds() {
        return Stream.of(
                arguments(TUSCOLO, "ec18922f"),
                arguments(SYCAMORE, "aee62413"),
                arguments(PARCELYARD, "93a78ae0"),
                arguments("luoshu2027.trustasia.com/luoshu2027", "9f71eb9e"),
                arguments("eszigno2026h2.log.ct.e-szigno.hu", "2ad9fb3e"));
    }

    @ParameterizedTest
    @MethodSource("keyIds")
    void keyIdsAreThoseOfTheRealLogs(String origin, String keyId) {
        LogId id = SharedData.keyOf("//" + origin + "/").id();

        assertThat(HexFormat.of().formatHex(Checkpoint.keyId(origin, id))).isEqualTo(keyId);
    }

    static Stream<LogSigner> signers() {
        return Stream.of(SIGNER, LogSigner.rsa());
    }

    @ParameterizedTest
    @MethodSource("signers")
    void aCheckpointOfTheLogVerifies(LogSigner signer) throws Exception {
        byte[] note = signer.checkpoint(ORIGIN, HEAD, 99).getBytes(UTF_8);

        SignedTreeHead head = Checkpoint.parse(note, ORIGIN, signer.publicKey());

        assertThat(head.head()).isEqualTo(HEAD);
        assertThat(head.timestamp()).isEqualTo(99);
    }

    static Stream<Arguments> harmlessNotes() {
        return Stream.of(
                harmless("grease of other names", TEXT + "— grease.invalid u3fPAVDG4U4=\n"),
                harmless("grease of this name", TEXT + "— " + ORIGIN + " u3fPAVDG4U4=\n"),
                harmless("a signature that is no base64", TEXT + "— " + ORIGIN + " !!\n"),
                harmless("an empty signature", TEXT + "— " + ORIGIN + " \n"),
                harmless("a line that is none", TEXT + "who signs?\n"),
                harmless("L20 10,000 signatures", TEXT + "— a.test AAAAAAAA\n".repeat(10_000)));
    }

    private static Arguments harmless(String what, String beforeOurs) {
        return arguments(what, beforeOurs + SIGNATURE);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("harmlessNotes")
    void linesOfOthersAreSteppedOver(String what, String note) throws Exception {
        assertThat(parse(note).head()).isEqualTo(HEAD);
    }

    @Test
    void linesAfterOursAreSteppedOverToo() throws Exception {
        assertThat(parse(NOTE + "— grease.invalid u3fPAVDG4U4=\n").head()).isEqualTo(HEAD);
    }

    static Stream<Arguments> faults() {
        String root = HEAD.root().base64();
        return Stream.of(
                fault("L20 CRLF", note -> note.replace("\n", "\r\n")),
                fault("L20 no final newline", String::stripTrailing),
                fault("L20 an extension line", note -> note.replace("\n\n", "\nmore\n\n")),
                fault("L20 an empty extension line", note -> note.replace("\n\n", "\n\n\n")),
                fault("L20 another origin", note -> note.replaceFirst("log.test", "log.best")),
                fault("L20 a longer origin", note -> note.replaceFirst("2026h2", "2026h2/")),
                fault("L20 leading zero", note -> note.replace("\n1234\n", "\n01234\n")),
                fault("L20 plus sign", note -> note.replace("\n1234\n", "\n+1234\n")),
                fault("L20 emoji", note -> note.replace("\n1234\n", "\n1234😀\n")),
                fault("L20 digits of another script", note -> note.replace("1234", "١٢٣٤")),
                fault("L20 blank before the size", note -> note.replace("\n1234\n", "\n 1234\n")),
                fault("L20 no size", note -> note.replace("\n1234\n", "\n\n")),
                fault("L13 size -1", note -> note.replace("\n1234\n", "\n-1\n")),
                fault("L13 size 2^63", note -> note.replace("1234", "9223372036854775808")),
                fault("L13 size 2^64", note -> note.replace("1234", "18446744073709551616")),
                fault("L13 size 1e3", note -> note.replace("1234", "1e3")),
                fault("another size", note -> note.replace("1234", "1235")),
                fault("root cut", note -> note.replace(root, root.substring(4))),
                fault("root without padding", note -> note.replace(root, root.replace("=", ""))),
                fault("root url-safe", note -> note.replace(root, "_" + root.substring(1))),
                fault("no root", note -> note.replace(root + "\n", "")),
                fault("no signature", note -> TEXT),
                fault("no signature of ours", note -> TEXT + "— a.test AAAAAAAA\n"),
                fault("hyphen for the dash", note -> note.replace("— ", "- ")),
                fault("NUL", note -> note.replace("1234", "1234\0")),
                fault("NUL in a line of others", note -> TEXT + "— a.test A\0AA\n" + SIGNATURE),
                fault(
                        "L20 CRLF in a line of others",
                        note -> TEXT + "— a.test AAAA\r\n" + SIGNATURE),
                fault("tab", note -> note.replace("— ", "—\t")),
                fault("nothing", note -> ""),
                fault("empty lines", note -> "\n\n\n\n"),
                fault("HTML", note -> "<!doctype html>\n<title>Just a moment</title>\n\n"),
                fault("UTF-16", note -> new String(note.getBytes(UTF_8), UTF_16)),
                fault("signature cut", note -> signedWith(new byte[3])),
                fault("signature of zeros", note -> signedWith(new byte[79])));
    }

    private static Arguments fault(String what, UnaryOperator<String> damage) {
        return arguments(what, damage);
    }

    private static String signedWith(byte[] payload) {
        byte[] keyId = Checkpoint.keyId(ORIGIN, SIGNER.publicKey().id());
        byte[] signature = new WireBytes().raw(keyId).raw(payload).toByteArray();
        return TEXT + "— " + ORIGIN + " " + Base64.getEncoder().encodeToString(signature) + "\n";
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void anythingElseIsMisbehavior(String what, UnaryOperator<String> damage) {
        String note = damage.apply(NOTE);

        assertThat(note).isNotEqualTo(NOTE);
        assertThatExceptionOfType(LogMisbehaviorException.class).isThrownBy(() -> parse(note));
    }

    @Test
    void aWrongSignatureBesideTheRightOneSpoilsTheNote() {
        assertThatExceptionOfType(LogMisbehaviorException.class)
                .isThrownBy(() -> parse(signedWith(new byte[79]) + SIGNATURE));
    }

    @Test
    void aCheckpointOfAnotherKeyHasNoSignatureOfTheLog() {
        LogKey other = LogSigner.ecdsa().publicKey();

        assertThatExceptionOfType(LogMisbehaviorException.class)
                .isThrownBy(() -> Checkpoint.parse(NOTE.getBytes(UTF_8), ORIGIN, other))
                .withMessageContaining("no signature of the log");
    }

    private static SignedTreeHead parse(String note) throws LogMisbehaviorException {
        return Checkpoint.parse(note.getBytes(UTF_8), ORIGIN, SIGNER.publicKey());
    }
}
