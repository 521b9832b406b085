package dev.vigie.ct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vigie.hash.Sha256;
import dev.vigie.simulator.LogSigner;
import dev.vigie.testing.SharedData;
import dev.vigie.testing.WireBytes;
import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignedTreeHeadTest {

    private static final LogSigner ECDSA = LogSigner.ecdsa();
    private static final LogSigner RSA = LogSigner.rsa();
    private static final TreeHead HEAD = new TreeHead(42, Sha256.hash(new byte[] {1}));
    private static final long TIME = 1_791_095_073_447L;

    private static final String PILOT =
            "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEfahLEimAoz2t01p3uMziiLOl/fHTDM0YDOhBRuiBARsV4Uvx"
                    + "G2LdNgoIGLrtCzWE0J5APC2em4JlvR8EEEFMoA==";

    @ParameterizedTest
    @ValueSource(strings = {"sth/argon2027h1_sth1.json", "sth/argon2027h1_sth2.json"})
    void realTreeHeadsOfArgonVerify(String file) throws Exception {
        LogKey argon = SharedData.keyOf("/argon2027h1/");

        assertThat(real(file, argon).size()).isIn(384_065_451L, 384_071_894L);
    }

    @Test
    void aRealTreeHeadOfPilotVerifies() throws Exception {
        LogKey pilot = LogKey.parseBase64(PILOT);

        SignedTreeHead sth = real("rfc6962/ctgo_get_sth_2014.json", pilot);

        assertThat(sth.size()).isEqualTo(3_721_782);
        assertThat(sth.time()).isEqualTo("2014-04-04T11:10:00.587Z");
    }

    @Test
    void aRealTreeHeadIsNotThatOfAnotherLog() {
        LogKey otherShard = SharedData.keyOf("/argon2026h2/");

        assertThatExceptionOfType(LogMisbehaviorException.class)
                .isThrownBy(() -> real("sth/argon2027h1_sth1.json", otherShard));
    }

    static Stream<LogSigner> signers() {
        return Stream.of(ECDSA, RSA);
    }

    @ParameterizedTest
    @MethodSource("signers")
    void aHeadSignedWithTheLogsKeyVerifies(LogSigner signer) throws Exception {
        SignedTreeHead sth = verify(HEAD, TIME, signature(signer), signer);

        assertThat(sth.head()).isEqualTo(HEAD);
        assertThat(sth.timestamp()).isEqualTo(TIME);
        assertThat(verify(HEAD, TIME, sth.signature().bytes(), signer).size()).isEqualTo(42);
    }

    @ParameterizedTest
    @MethodSource("signers")
    void aHeadSignedWithAnotherKeyOfTheKindDoesNotVerify(LogSigner signer) {
        LogSigner other = signer == ECDSA ? LogSigner.ecdsa() : LogSigner.rsa();

        assertThatExceptionOfType(LogMisbehaviorException.class)
                .isThrownBy(() -> verify(HEAD, TIME, signature(signer), other))
                .withMessageContaining("42");
    }

    static Stream<Arguments> otherHeads() {
        return Stream.of(
                arguments("size", new TreeHead(43, HEAD.root()), TIME),
                arguments("root", new TreeHead(42, Sha256.hash(new byte[] {2})), TIME),
                arguments("timestamp", HEAD, TIME + 1));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("otherHeads")
    void theSignatureCoversAllThatTheHeadSays(String what, TreeHead head, long time) {
        assertThatExceptionOfType(LogMisbehaviorException.class)
                .isThrownBy(() -> verify(head, time, signature(ECDSA), ECDSA));
    }

    static Stream<Arguments> brokenSignatures() {
        return Stream.of(
                broken("L12 nothing", signed -> new byte[0]),
                broken("L12 three bytes", signed -> Arrays.copyOf(signed, 3)),
                broken("L12 empty signature", signed -> new byte[] {4, signed[1], 0, 0}),
                broken("L12 1 MiB", signed -> Arrays.copyOf(signed, 1 << 20)),
                broken("cut by one", signed -> Arrays.copyOf(signed, signed.length - 1)),
                broken("one byte more", signed -> Arrays.copyOf(signed, signed.length + 1)),
                broken("one byte more, counted", SignedTreeHeadTest::lengthened),
                broken("another hash", signed -> with(signed, 0, 5)),
                broken("no hash", signed -> with(signed, 0, 0)),
                broken("the other algorithm", signed -> with(signed, 1, 4 - signed[1])),
                broken("an unknown algorithm", signed -> with(signed, 1, 7)),
                broken("one bit of it", signed -> with(signed, 40, signed[40] ^ 1)),
                broken("zeros", signed -> Arrays.copyOf(Arrays.copyOf(signed, 4), signed.length)));
    }

    private static Arguments broken(String what, UnaryOperator<byte[]> damage) {
        return arguments(what, damage);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("brokenSignatures")
    void aBrokenSignatureIsMisbehavior(String what, UnaryOperator<byte[]> damage) {
        for (LogSigner signer : new LogSigner[] {ECDSA, RSA}) {
            byte[] damaged = damage.apply(signature(signer));

            assertThatExceptionOfType(LogMisbehaviorException.class)
                    .isThrownBy(() -> verify(HEAD, TIME, damaged, signer));
        }
    }

    @Test
    void nothingMayFollowASignature() {
        byte[] signed = signature(ECDSA);

        assertThatExceptionOfType(LogMisbehaviorException.class)
                .isThrownBy(() -> DigitallySigned.parse(Arrays.copyOf(signed, signed.length + 1)))
                .withMessageContaining("wrong length");
    }

    private static byte[] with(byte[] signed, int at, int value) {
        byte[] changed = signed.clone();
        changed[at] = (byte) value;
        return changed;
    }

    private static byte[] lengthened(byte[] signed) {
        byte[] signature = Arrays.copyOfRange(signed, 4, signed.length + 1);
        return new WireBytes().raw(signed[0], signed[1]).opaque(2, signature).toByteArray();
    }

    private static SignedTreeHead verify(
            TreeHead head, long time, byte[] signature, LogSigner signer)
            throws LogMisbehaviorException {
        return SignedTreeHead.verify(
                head, time, DigitallySigned.parse(signature), signer.publicKey());
    }

    private static byte[] signature(LogSigner signer) {
        byte[] signature = signer.sign(SignedTreeHead.signedBytes(HEAD, TIME));
        return new WireBytes()
                .raw((byte) 4, (byte) (signer == RSA ? 1 : 3))
                .opaque(2, signature)
                .toByteArray();
    }

    private static SignedTreeHead real(String file, LogKey key)
            throws IOException, LogMisbehaviorException {
        JsonNode sth = new ObjectMapper().readTree(SharedData.read(file));
        return SignedTreeHead.verify(
                new TreeHead(
                        sth.get("tree_size").longValue(),
                        Sha256.parseBase64(sth.get("sha256_root_hash").textValue())),
                sth.get("timestamp").longValue(),
                DigitallySigned.parse(
                        Base64.getDecoder().decode(sth.get("tree_head_signature").textValue())),
                key);
    }
}
