package dev.vigie.rule.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class KeywordIndexTest {

    static Stream<Arguments> names() {
        return Stream.of(
                arguments("paypal", "www.paypal-login.example", true),
                arguments("paypal", "paypa.l.example", false),
                arguments("paypal", "paypal", true),
                arguments("pal.ex", "paypal.example", true),
                arguments("bücher", "xn--bcherladen-9db.example", true), // bücherladen
                arguments("bücher", "bcher.example", false),
                arguments("шоп", "xn--80aswg.example", false),
                arguments("сайт", "xn--80aswg.example", true),
                // a keyword over the border of an A-label
                arguments("laden.ex", "xn--bcherladen-9db.example", true),
                // the plain letters of an A-label count as well
                arguments("bcher", "xn--bcher-kva.example", true),
                arguments("xn--80", "www.xn--80aswg.example", true),
                arguments("bücher", "xn--zzzzzz99999.example", false));
    }

    @ParameterizedTest
    @MethodSource("names")
    void aKeywordIsFoundInTheNameAsItIsAndAsPeopleReadIt(
            String keyword, String name, boolean found) {
        assertThat(search(KeywordIndex.of(List.of(new Keyword(keyword))), name))
                .isEqualTo(found ? List.of(0) : List.of());
    }

    @Test
    void eachKeywordIsReportedOnceAndEqualOnesEach() {
        var index = index("an", "ana", "banana", "an", "nab", "na");

        assertThat(search(index, "bananabanana.an"))
                .containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5)
                .doesNotHaveDuplicates();
        // found in both forms of the name
        assertThat(search(index("banana", "ä"), "xn--banana-bua.banana")).containsOnlyOnce(0);
    }

    @Test
    void itFindsWhatIsThereHoweverManyKeywordsThereAre() {
        var random = new Random(5);
        for (int count = 1; count <= 400; count++) {
            String[] keywords =
                    random.ints(count, 2, 9).mapToObj(l -> word(random, l)).toArray(String[]::new);
            KeywordIndex index = index(keywords);
            for (int i = 0; i < 20; i++) {
                String name = word(random, 6) + keywords[random.nextInt(count)] + word(random, 6);
                assertThat(search(index, name))
                        .as("%d keywords, in %s", count, name)
                        .containsExactlyInAnyOrderElementsOf(
                                IntStream.range(0, count)
                                        .filter(k -> name.contains(keywords[k]))
                                        .boxed()
                                        .toList());
            }
        }
    }

    private static String word(Random random, int length) {
        return random.ints(length, 'a', 'z' + 1)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    @Test
    void nothingIsFoundWithoutKeywords() {
        assertThat(search(index(), "www.example.com")).isEmpty();
    }

    @Test
    void oneAutomatonFindsWhatLookingForEachWouldFind() {
        var random = new Random(7);
        for (int round = 0; round < 300; round++) {
            int letters = 1 + random.nextInt(6);
            List<Keyword> keywords =
                    IntStream.range(0, 1 + random.nextInt(60))
                            .mapToObj(
                                    i -> new Keyword(text(random, letters, 1 + random.nextInt(5))))
                            .toList();
            var index = KeywordIndex.of(keywords);
            for (int i = 0; i < 50; i++) {
                String name = text(random, letters + 1, random.nextInt(40));
                assertThat(search(index, name))
                        .as("%s in %s", keywords, name)
                        .containsExactlyInAnyOrderElementsOf(
                                IntStream.range(0, keywords.size())
                                        .filter(k -> name.contains(keywords.get(k).text()))
                                        .boxed()
                                        .toList());
            }
        }
    }

    @Test
    void tenThousandKeywordsTakeFewMegabytes() {
        var random = new Random(8);
        List<Keyword> keywords =
                IntStream.range(0, 10_000)
                        .mapToObj(i -> new Keyword(text(random, 26, 10)))
                        .toList();
        var index = KeywordIndex.of(keywords);

        assertThat(index.bytes()).isLessThan(4 << 20);
        for (int i = 0; i < keywords.size(); i += 97) {
            assertThat(search(index, "www-" + keywords.get(i) + "-x.example")).contains(i);
        }
    }

    @Test
    void aNameThatHasAllKeywordsTakesMoreEffort() {
        Keyword[] equal = new Keyword[10_000];
        Arrays.fill(equal, new Keyword("aa"));
        var index = KeywordIndex.of(List.of(equal));
        byte[] name = "aa.example".getBytes(StandardCharsets.US_ASCII);

        assertThat(index.search(name, name.length, k -> {})).isGreaterThan(10_000);
        assertThat(index.search(name, 1, k -> {})).isEqualTo(1);
    }

    @Test
    void eachALabelThatIsDecodedTakesEffort() {
        byte[] name = "xn--bcher-kva.".repeat(18).getBytes(StandardCharsets.US_ASCII);

        assertThat(index("bücher").search(name, name.length, k -> {})).isGreaterThan(18 * 20);
        assertThat(index("bcher").search(name, name.length, k -> {})).isLessThan(200);
    }

    private static KeywordIndex index(String... keywords) {
        return KeywordIndex.of(Stream.of(keywords).map(Keyword::new).toList());
    }

    private static List<Integer> search(KeywordIndex index, String name) {
        byte[] bytes = name.getBytes(StandardCharsets.US_ASCII);
        List<Integer> found = new ArrayList<>();
        // what lies behind the name is not part of it
        index.search(Arrays.copyOf(bytes, bytes.length + 9), bytes.length, found::add);
        return found;
    }

    private static String text(Random random, int letters, int length) {
        var text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append((char) ('a' + random.nextInt(letters)));
        }
        return text.toString();
    }
}
