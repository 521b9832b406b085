package dev.vigie.ct.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.vigie.ct.LogMisbehaviorException;
import dev.vigie.ct.SignedTreeHead;
import dev.vigie.ct.TreeHead;
import dev.vigie.hash.Sha256;
import dev.vigie.net.AddressGuard;
import dev.vigie.simulator.LogSigner;
import dev.vigie.testing.RawHttpServer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a log may answer to get-sth. */
class Rfc6962TreeHeadTest {

    private static final LogSigner SIGNER = LogSigner.ecdsa();
    private static final TreeHead HEAD = new TreeHead(100, Sha256.hash(new byte[] {1}));
    private static final long TIME = 1_791_095_073_447L;
    private static final String STH = SIGNER.sth(HEAD, TIME);

    static Stream<Arguments> notTreeHeads() {
        return Stream.of(
                head("H13 HTML", sth -> "<html>checking your browser</html>"),
                head("nothing", sth -> ""),
                head("null", sth -> "null"),
                head("an array", sth -> "[" + sth + "]"),
                head("trailing garbage", sth -> sth + "x"),
                head("cut", sth -> sth.substring(0, sth.length() - 1)),
                head("L13 size twice", sth -> sth.replace("{", "{\"tree_size\":99,")),
                head("L13 size -1", sth -> size(sth, "-1")),
                head("L13 size 2^63", sth -> size(sth, "9223372036854775808")),
                head("L13 size 2^64", sth -> size(sth, "18446744073709551616")),
                head("L13 size 2^64 and the size", sth -> size(sth, "18446744073709551716")),
                head("L13 size 1e400", sth -> size(sth, "1e400")),
                head("L13 size 100.0", sth -> size(sth, "100.0")),
                head("L13 size of 60,000 digits", sth -> size(sth, "1".repeat(60_000))),
                head("L13 size is a text", sth -> size(sth, "\"100\"")),
                head("L13 size is null", sth -> size(sth, "null")),
                head("L13 size is missing", sth -> sth.replace("tree_size", "size")),
                head("L13 timestamp -1", sth -> sth.replaceFirst("p\":", "p\":-")),
                head("L13 timestamp missing", sth -> sth.replace("timestamp", "time")),
                head("another timestamp", sth -> sth.replaceFirst("p\":", "p\":1")),
                head("another size", sth -> size(sth, "101")),
                head("no root", sth -> sth.replace("sha256_root_hash", "root")),
                head("a root of 3 bytes", sth -> sth.replaceFirst("h\":\"[^\"]*", "h\":\"AAAA")),
                head("a root that is no base64", sth -> sth.replaceFirst("h\":\"", "h\":\"!")),
                head("L12 no signature", sth -> sth.replace("tree_head_signature", "signature")),
                head("L12 empty signature", sth -> sth.replaceFirst("e\":\".*\"", "e\":\"\"")),
                head(
                        "L12 signature of zeros",
                        sth -> sth.replaceFirst("e\":\".*\"", "e\":\"AAAA\"")),
                head(
                        "L15 depth 10,000",
                        sth -> sth.replaceFirst("\\{", "{\"x\":" + "[".repeat(10_000))),
                head("L15 BOM and garbage", sth -> "\ufeff{}"));
    }

    private static Arguments head(String what, UnaryOperator<String> damage) {
        return arguments(what, damage);
    }

    private static String size(String sth, String size) {
        return sth.replace("\"tree_size\":100", "\"tree_size\":" + size);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("notTreeHeads")
    void anythingButATreeHeadIsMisbehavior(String what, UnaryOperator<String> damage) {
        String damaged = damage.apply(STH);

        assertThat(damaged).isNotEqualTo(STH);
        assertThatExceptionOfType(LogMisbehaviorException.class).isThrownBy(() -> read(damaged));
    }

    /** L12, H04 */
    @Test
    void anEndlessTreeHeadIsNotReadToItsEnd() {
        assertThatIOException().isThrownBy(() -> read(" ".repeat((1 << 16) + 1)));
    }

    @Test
    void unknownMembersDoNoHarm() throws Exception {
        assertThat(read(STH.replaceFirst("\\{", "{\"x\":[{}],")).head()).isEqualTo(HEAD);
    }

    /** L12 */
    @Test
    void aHeadSignedByAnotherLogIsMisbehavior() {
        assertThatExceptionOfType(LogMisbehaviorException.class)
                .isThrownBy(() -> read(LogSigner.ecdsa().sth(HEAD, TIME)))
                .withMessageContaining("does not verify");
    }

    /** L13, L14: what a log has signed is read; what to think of it is decided elsewhere. */
    @ParameterizedTest
    @CsvSource({
        "0,0",
        "100,9223372036854775807",
        "9223372036854775807,1",
        "1000000000000,253402300800000"
    })
    void oddSizesAndTimesAreReadIfTheyAreSigned(long size, long timestamp) throws Exception {
        var odd = new TreeHead(size, HEAD.root());

        SignedTreeHead read = read(SIGNER.sth(odd, timestamp));

        assertThat(read.head()).isEqualTo(odd);
        assertThat(read.time().toEpochMilli()).isEqualTo(timestamp);
    }

    private static SignedTreeHead read(String body) throws Exception {
        try (var server = RawHttpServer.serving("", body.getBytes(UTF_8));
                var http =
                        new LogHttp(
                                AddressGuard.allowingAll(),
                                "Vigie",
                                Duration.ofSeconds(20),
                                InstantSource.system())) {
            return new Rfc6962Client(http, server.url(), SIGNER.publicKey()).treeHead();
        }
    }
}
