package dev.vigie.ct.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vigie.ct.EntryBatch;
import dev.vigie.ct.EntryRange;
import dev.vigie.ct.EntryType;
import dev.vigie.ct.ExtraData;
import dev.vigie.ct.LeafCursor;
import dev.vigie.ct.LogMisbehaviorException;
import dev.vigie.ct.merkle.MerkleHasher;
import dev.vigie.testing.SharedData;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class GetEntriesBodyTest {

    private static final String REAL = "rfc6962/ctgo_get_entries_2.json";

    @Test
    void aRealAnswerHasTheKnownLeafHashes() throws Exception {
        EntryBatch batch = cut(SharedData.read(REAL), 2);
        var hasher = new MerkleHasher();

        assertThat(batch.range()).isEqualTo(new EntryRange(100, 102));
        assertThat(hasher.leaf(batch.leafInput(0)).base64())
                .isEqualTo("+9w+LseH7yXT1hVQn/NsRJMFd2AZc7YSzXkTQJIKNlQ=");
        assertThat(hasher.leaf(batch.leafInput(1)).base64())
                .isEqualTo("llzS9d1EMQTOpKxjYFV00gVSAAahEELueHGkXc+8vQM=");
    }

    @Test
    void theEntriesOfARealAnswerCanBeRead() throws Exception {
        EntryBatch batch = cut(SharedData.read(REAL), 2);
        var leaf = new LeafCursor();

        assertThat(leaf.read(batch, 0)).isNull();
        assertThat(leaf.type()).isEqualTo(EntryType.PRECERT);
        ExtraData precert = ExtraData.of(batch, 0, EntryType.PRECERT);
        assertThat(precert.precertificate()).isPresent();
        assertThat(precert.chain()).isNotEmpty();
        assertThat(leaf.read(batch, 1)).isNull();
        assertThat(leaf.type()).isEqualTo(EntryType.X509);
        assertThat(ExtraData.of(batch, 1, EntryType.X509).chain()).isNotEmpty();
    }

    static Stream<Arguments> goodAnswers() {
        return Stream.of(
                arguments("plain", "{`entries`:[{`leaf_input`:`AAEC`,`extra_data`:`Aw==`}]}"),
                arguments("extra first", "{`entries`:[{`extra_data`:`Aw==`,`leaf_input`:`AAEC`}]}"),
                arguments(
                        "blanks",
                        " {\r\n`entries` :\t[ { `leaf_input` : `AAEC` , `extra_data`:`Aw==` } ] } \n"),
                arguments(
                        "escaped letter",
                        "{`entries`:[{`leaf\\u005finput`:`\\u0041AEC`,`extra_data`:`Aw=\\u003D`}]}"),
                arguments(
                        "unknown members",
                        "{`a`:[1,-2.5e+3,{`entries`:[null,`]`]}],`entries`:[{`x`:{},`leaf_input`:"
                                + "`AAEC`,`y`:true,`extra_data`:`Aw==`,`z`:`\\\"}`}],`b`:false}"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("goodAnswers")
    void theSameEntryCanBeWrittenInManyWays(String what, String json) throws Exception {
        EntryBatch batch = cut(json, 1);

        assertThat(batch.leafInput(0)).containsExactly(0, 1, 2);
        assertThat(batch.extra(0)).containsExactly(3);
    }

    /** Go and others write a slash as \/ and a plus as \u002b. */
    @Test
    void escapedBase64IsDecodedAsIfItWereNot() throws Exception {
        byte[] data = {
            (byte) 0xfb, (byte) 0xff, (byte) 0xbf, (byte) 0xfb, (byte) 0xef, (byte) 0xbe
        };
        String base64 = Base64.getEncoder().encodeToString(data);
        String escaped = base64.replace("/", "\\/").replace("+", "\\u002b");

        EntryBatch batch =
                cut(
                        "{`entries`:[{`leaf_input`:`%1$s`,`extra_data`:`%1$s`}]}"
                                .formatted(escaped),
                        1);

        assertThat(base64).contains("/", "+");
        assertThat(batch.leafInput(0)).isEqualTo(data);
        assertThat(batch.extra(0)).isEqualTo(data);
    }

    @Test
    void anAnswerMayHaveNoEntriesAndAnEntryNoExtraData() throws Exception {
        assertThat(cut("{`entries`:[]}", 5).size()).isZero();
        assertThat(cut("{`entries`:[{`leaf_input`:`AAEC`}]}", 5).extra(0)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "A",
                "AA",
                "AAE",
                "AA_-",
                "AA EC",
                "AAEC\\n",
                "AAE\\u00e9",
                "A\\ud83d",
                "===="
            })
    void aLeafThatIsNotBase64CostsThisEntryAlone(String leaf) throws Exception {
        EntryBatch batch =
                cut("{`entries`:[{`leaf_input`:`%s`},{`leaf_input`:`AAEC`}]}".formatted(leaf), 2);

        assertThat(batch.leafInput(0)).isEmpty();
        assertThat(new LeafCursor().read(batch, 0)).isNotNull();
        assertThat(batch.leafInput(1)).containsExactly(0, 1, 2);
    }

    /** L15, L18 */
    @ParameterizedTest
    @ValueSource(strings = {"A", "AA_-", "AA EC", "A\\u20ac"})
    void extraDataThatIsNotBase64IsNoticedOnlyWhenAskedFor(String extra) throws Exception {
        EntryBatch batch =
                cut("{`entries`:[{`leaf_input`:`AAEC`,`extra_data`:`%s`}]}".formatted(extra), 1);

        assertThat(batch.leafInput(0)).containsExactly(0, 1, 2);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ExtraData.of(batch, 0, EntryType.X509));
    }

    /** L02 */
    @Test
    void moreEntriesThanAskedForAreRefused() throws Exception {
        String three = "{`entries`:[{`leaf_input`:``},{`leaf_input`:``},{`leaf_input`:``}]}";

        assertThat(cut(three, 3).size()).isEqualTo(3);
        assertThatExceptionOfType(LogMisbehaviorException.class)
                .isThrownBy(() -> cut(three, 2))
                .withMessageContaining("more entries than asked for");
    }

    static Stream<Arguments> hostile() {
        String deep = "[".repeat(100_000) + "]".repeat(100_000);
        String entries = "`entries`:[]";
        return Stream.of(
                arguments("nothing", ""),
                arguments("blanks", " \n"),
                arguments("HTML", "<html>checking your browser</html>"),
                arguments("null", "null"),
                arguments("no entries", "{}"),
                arguments("entries is null", "{`entries`:null}"),
                arguments("entries is an object", "{`entries`:{}}"),
                arguments("an entry is null", "{`entries`:[null]}"),
                arguments("an entry is empty", "{`entries`:[{}]}"),
                arguments("leaf_input is a number", "{`entries`:[{`leaf_input`:1}]}"),
                arguments("two leaf_inputs", "{`entries`:[{`leaf_input`:``,`leaf_input`:``}]}"),
                arguments("L15 entries twice", "{" + entries + "," + entries + "}"),
                arguments("L15 entries twice, escaped", "{" + entries + ",`\\u0065ntries`:[]}"),
                arguments("L15 depth 100,000", "{`x`:" + deep + "," + entries + "}"),
                arguments(
                        "L15 depth in an entry",
                        "{`entries`:[{`leaf_input`:``,`x`:" + deep + "}]}"),
                arguments("L15 depth in place of an entry", "{`entries`:" + deep + "}"),
                arguments("L15 trailing garbage", "{" + entries + "}x"),
                arguments("L15 two objects", "{" + entries + "}{" + entries + "}"),
                arguments("L15 BOM", "\u00ef\u00bb\u00bf{" + entries + "}"),
                arguments("L15 NaN", "{`x`:NaN," + entries + "}"),
                arguments("NUL", "{" + entries + "}\0"),
                arguments("comma before the end", "{" + entries + ",}"),
                arguments("comma after the last entry", "{`entries`:[{`leaf_input`:``},]}"),
                arguments("no comma", "{`entries`:[{`leaf_input`:``}{`leaf_input`:``}]}"),
                arguments("no colon", "{`entries`[]}"),
                arguments("no value", "{`x`:," + entries + "}"),
                arguments("no value at the end", "{" + entries + ",`x`:}"),
                arguments("a string that does not end", "{`entries`:[{`leaf_input`:`AAEC"),
                arguments("an escape that does not end", "{`entries`:[{`leaf_input`:`AAEC\\"),
                arguments("half a \\u", "{`entries`:[{`leaf_input`:`\\u00"),
                arguments("\\u without digits", "{`entries`:[{`leaf_input`:`\\uzzzz`}]}"),
                arguments("\\u with other bytes", "{`entries`:[{`leaf_input`:`\\u00\u00ff0`}]}"),
                arguments("an unknown escape", "{`entries`:[{`leaf_input`:`\\x41`}]}"),
                arguments("a line break in a string", "{`entries`:[{`leaf_input`:`AA\nEC`}]}"),
                arguments("cut after an entry", "{`entries`:[{`leaf_input`:`AAEC`}"),
                arguments("cut after the entries", "{`entries`:[{`leaf_input`:`AAEC`}]"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hostile")
    void anythingElseIsMisbehavior(String what, String json) {
        assertThatExceptionOfType(LogMisbehaviorException.class).isThrownBy(() -> cut(json, 9));
    }

    /** L15 */
    @Test
    void utf16IsMisbehavior() {
        for (var charset : List.of(UTF_16LE, UTF_16BE)) {
            byte[] json = "{\"entries\":[]}".getBytes(charset);

            assertThatExceptionOfType(LogMisbehaviorException.class).isThrownBy(() -> cut(json, 9));
        }
    }

    /** L15 */
    @Test
    void aMillionUnknownMembersAreSteppedOver() throws Exception {
        String json = "{" + "`x`:1,".repeat(1_000_000) + "`entries`:[{`leaf_input`:`AAEC`}]}";

        assertThat(cut(json, 1).leafInput(0)).containsExactly(0, 1, 2);
    }

    @Test
    void whatLiesBehindTheGivenLengthIsNotLookedAt() throws Exception {
        byte[] buffer = bytes("{`entries`:[]}{{{{");

        assertThat(GetEntriesBody.cut(buffer, buffer.length - 4, 0, 1).size()).isZero();
    }

    @Test
    void everyCutOfAnAnswerIsMisbehavior() {
        byte[] json = bytes("{`entries`:[{`leaf_input`:`AA\\/C`,`extra_data`:`Aw==`}],`x`:[1,{}]}");

        for (int length = 0; length < json.length; length++) {
            int cut = length;
            assertThatExceptionOfType(LogMisbehaviorException.class)
                    .isThrownBy(() -> GetEntriesBody.cut(json.clone(), cut, 0, 1));
        }
    }

    @Test
    void damagedAnswersAreReadOrRefusedButNeverAnythingElse() throws Exception {
        byte[] json = bytes("{`a`:[1,{`b`:`\\u0041`}],`entries`:[{`leaf_input`:`AAEC`,`c`:null}]}");
        byte[] replacements = bytes("{}[]`,:\\u0\0\u00ff x");
        var random = new Random(8259);
        int read = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] damaged = json.clone();
            for (int j = random.nextInt(3); j >= 0; j--) {
                damaged[random.nextInt(damaged.length)] =
                        replacements[random.nextInt(replacements.length)];
            }
            try {
                read += cut(damaged, 3).size();
            } catch (LogMisbehaviorException e) {
                assertThat(e).hasMessageContaining("near byte");
            }
        }
        assertThat(read).isPositive();
    }

    /** The strict part accepts nothing that another parser refuses. */
    @Test
    void whatIsReadOfDamagedAnswersIsJson() throws Exception {
        byte[] json = bytes("{`entries`:[{`leaf_input`:`AAEC`,`extra_data`:`Aw==`}]}");
        byte[] replacements = bytes("{}[]`,:\\ux");
        var parser = new ObjectMapper();
        for (int at = 0; at < json.length; at++) {
            for (byte replacement : replacements) {
                byte[] damaged = json.clone();
                damaged[at] = replacement;
                try {
                    cut(damaged, 1);
                } catch (LogMisbehaviorException e) {
                    continue;
                }
                assertThat(parser.readTree(damaged).path("entries").isArray())
                        .as(new String(damaged, ISO_8859_1))
                        .isTrue();
            }
        }
    }

    private static EntryBatch cut(String json, int most) throws LogMisbehaviorException {
        return cut(bytes(json), most);
    }

    /** In a longer buffer, as answers lie in one. */
    private static EntryBatch cut(byte[] json, int most) throws LogMisbehaviorException {
        return GetEntriesBody.cut(Arrays.copyOf(json, json.length + 7), json.length, 100, most);
    }

    private static byte[] bytes(String jsonWithBackticks) {
        return jsonWithBackticks.replace('`', '"').getBytes(ISO_8859_1);
    }
}
