package dev.vigie.rule.lookalike;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigie.dns.DomainName;
import dev.vigie.dns.PublicSuffixes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LookalikeIndexTest {

    private static LookalikeIndex index(String... domains) {
        return LookalikeIndex.of(
                FamousDomains.rules(List.of(domains)),
                PublicSuffixes.bundled(),
                RiskyWords.bundled());
    }

    private static LookalikeIndex index(String domain, LookalikeOptions options) {
        return LookalikeIndex.of(
                List.of(new LookalikeRule(DomainName.parse(domain), options)),
                PublicSuffixes.bundled(),
                RiskyWords.bundled());
    }

    /** What is found, one line for each rule: its number, the technique, the reason. */
    private static List<String> found(LookalikeSearch search, String name) {
        List<String> found = new ArrayList<>();
        byte[] bytes = name.getBytes(StandardCharsets.US_ASCII);
        search.search(
                bytes,
                bytes.length,
                (rule, reason) ->
                        found.add(rule + " " + reason.technique().text() + " " + reason.text()));
        return found;
    }

    private static List<String> found(LookalikeIndex index, String name) {
        return found(index.newSearch(), name);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "example.net | other-tld | example.com under another ending: .net",
                "www.example.co.uk | other-tld | example.com under another ending: .co.uk",
                "example.github.io | other-tld | example.com under another ending: .github.io",
                "example.com.evil.test | subdomain | example.com as a subdomain of evil.test",
                "www.example.a.evil.test | subdomain | example.com as a subdomain of evil.test",
                "example-com.evil.test | subdomain | example.com written into a label: example-com",
                "www.example-com-x7.net | subdomain"
                        + " | example.com written into a label: example-com-x7",
                "examplecom.net | subdomain | example.com written into a label: examplecom",
                "exam-ple.com | hyphenation | example.com with other hyphens: exam-ple",
                "examp1e.com | homoglyph | homoglyph of example.com: 1 for l",
                "exarnple.net | homoglyph | homoglyph of example.com: rn for m",
                "xn--exmple-4nf.com | homoglyph | homoglyph of example.com: U+0430 for a",
                "xn--exmple-qta.com | homoglyph | homoglyph of example.com: U+00E1 for a",
                "login.examp1e.evil.test | homoglyph | homoglyph of example.com: 1 for l",
                "exmaple.com | swap | example.com with neighbouring letters swapped: ma for am",
                "exxample.com | doubling | example.com with a letter doubled: x",
                "exmple.com | omission | example.com with one letter left out: a",
                "ezample.com | bit-flip | example.com with one bit flipped: z for x",
                "exanple.com | keyboard | example.com with a key beside it on the keyboard: n for"
                        + " m",
                "exsample.com | keyboard | example.com with a key beside it on the keyboard: s"
                        + " added",
                "exavple.com | edit | example.com with m replaced by v",
                "exampleg.com | edit | example.com with g added: exampleg",
                "*.exampleg.net | edit | example.com with g added: exampleg",
                "example-login.com | combination | example.com combined with login: example-login",
                "exampleverify.net | combination"
                        + " | example.com combined with verify: exampleverify",
                "wwwexample.com | combination | example.com combined with www: wwwexample",
                "my-example-eu-bank24.net | combination"
                        + " | example.com combined with bank: my-example-eu-bank24",
                "secure-examp1e.evil.test | combination"
                        + " | example.com combined with secure: secure-examp1e",
            })
    void eachTechniqueIsFoundWithAReason(String name, String technique, String reason) {
        assertThat(found(index("other.test", "example.com"), name))
                .containsExactly("1 " + technique + " " + reason);
    }

    @ParameterizedTest
    @CsvSource({
        "deutschebank.de, deutsche-bank.de, hyphenation",
        "deutsche-bamk.de, deutsche-bank.de, keyboard",
        "microzoff.com, microsoft.com, edit",
        "mic-osoft.com, microsoft.com, ",
        "muller.de, müller.de, homoglyph",
        "mueller.de, müller.de, edit",
        "xn--mller-kva.com, müller.de, other-tld",
        "xn--80ak6aa92e.com, apple.com, homoglyph",
        "xn--pypl-53dc.com, paypal.com, homoglyph",
        "dh1.com, dhl.com, homoglyph",
        "dhll.com, dhl.com, doubling",
        "dlh.com, dhl.com, swap",
        "dhk.com, dhl.com, keyboard",
        "dhl-parcel.net, dhl.com, combination",
        "dhlparcel.net, dhl.com, ",
        "dhk.net, dhl.com, ",
        "dhx.com, dhl.com, ",
        "www.dhl.com.evil.test, dhl.com, subdomain",
        "dhl.evil.test, dhl.com, ",
        "t.co.evil.test, t.co, subdomain",
        "t.com, t.co, ",
        "purchase-portal.com, chase.com, ",
        "apple-orchards-online.com, apple.com, ",
        "cooking.net, booking.com, ",
        "snapshot.net, snapchat.com, ",
    })
    void theShorterTheNameTheMoreHasToFit(String name, String domain, String technique) {
        List<String> found = found(index(domain), name);

        if (technique == null) {
            assertThat(found).isEmpty();
        } else {
            assertThat(found).singleElement().asString().startsWith("0 " + technique + " ");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "example.com",
                "www.example.com",
                "*.example.com",
                "example-login.example.com",
                "exmaple.example.com",
                "example.com.login.example.com",
                "xn--exmple-4nf.example.com",
                "other.test",
                "com",
                "test",
                "github.io",
            })
    void theDomainItselfIsNeverALookalike(String name) {
        assertThat(found(index("example.com", "login.example.com"), name)).isEmpty();
    }

    @Test
    void allRulesAreMetEachOnce() {
        LookalikeIndex index =
                index("example.com", "exemple.com", "example.org", "login.example.com", "x.test");

        assertThat(found(index, "example-login.exarnple.example.com.example.evil.test"))
                .extracting(line -> line.split(" ")[0])
                .containsExactlyInAnyOrder("0", "1", "2", "3");
    }

    @Test
    void oneSearchTakesOneNameAfterTheOther() {
        LookalikeSearch search = index("example.com").newSearch();

        for (int i = 0; i < 3; i++) {
            assertThat(found(search, "www.ordinary.net")).isEmpty();
            assertThat(found(search, "example.ordinary.net")).hasSize(1);
            assertThat(found(search, "mail.ordinary.net")).isEmpty();
            assertThat(found(search, "examp1e.net")).hasSize(1);
            assertThat(found(search, "www.examp1e.net")).hasSize(1);
        }
    }

    @Test
    void onlyTheTechniquesThatAreWantedCount() {
        for (Technique technique : Technique.values()) {
            LookalikeIndex index =
                    index(
                            "example.com",
                            new LookalikeOptions(
                                    EnumSet.of(technique), OptionalInt.empty(), Set.of()));
            Set<String> techniques = new TreeSet<>();
            for (String name :
                    List.of(
                            "example.net",
                            "a.example.evil.test",
                            "ex-ample.com",
                            "examp1e.com",
                            "exmaple.com",
                            "exxample.com",
                            "exmple.com",
                            "ezample.com",
                            "exanple.com",
                            "exavple.com",
                            "example-login.com")) {
                found(index, name).forEach(line -> techniques.add(line.split(" ")[1]));
            }
            assertThat(techniques).containsExactly(technique.text());
        }
    }

    @Test
    void theDistanceCanBeChosen() {
        var all = EnumSet.allOf(Technique.class);
        var none = new LookalikeOptions(all, OptionalInt.of(0), Set.of());
        var one = new LookalikeOptions(all, OptionalInt.of(1), Set.of());
        var two = new LookalikeOptions(all, OptionalInt.of(2), Set.of());

        assertThat(found(index("example.com", none), "exmple.com")).isEmpty();
        assertThat(found(index("dhl.com", none), "dhk.com")).isEmpty();
        assertThat(found(index("example.com", one), "exmple.com")).hasSize(1);
        assertThat(found(index("example.com", one), "exmpl.com")).isEmpty();
        assertThat(found(index("example.com", two), "exmpl.net")).hasSize(1);
        assertThat(found(index("dhl.com", one), "dhx.net")).hasSize(1);
        assertThat(found(index("dhl.com", two), "dxx.net")).isEmpty();
    }

    @Test
    void aRuleCanHaveWordsOfItsOwn() {
        var options =
                new LookalikeOptions(
                        EnumSet.allOf(Technique.class), OptionalInt.empty(), Set.of("turnip"));

        assertThat(found(index("example.com", options), "example-turnip.com"))
                .containsExactly("0 combination example.com combined with turnip: example-turnip");
        assertThat(found(index("example.com"), "example-turnip.com")).isEmpty();
    }

    @Test
    void twoSlipsAreFoundHoweverLongTheName() {
        var random = new Random(5);
        for (int i = 0; i < 3000; i++) {
            String brand = letters(random, 8 + random.nextInt(24));
            var label = new StringBuilder(brand);
            int middle = label.length() / 2;
            // apart from each other: two at the same letter can be more than two
            slip(label, middle + 1 + random.nextInt(label.length() - middle - 2), random);
            slip(label, random.nextInt(middle - 1), random);
            if (!label.toString().equals(brand)) {
                assertThat(found(index(brand + ".com"), label + ".com"))
                        .as(brand + " " + label)
                        .hasSize(1);
            }
        }
    }

    private static String letters(Random random, int length) {
        return random.ints(length, 'a', 'z' + 1)
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
    }

    private static void slip(StringBuilder label, int at, Random random) {
        String other = letters(random, 1);
        switch (random.nextInt(4)) {
            case 0 -> label.replace(at, at + 1, other);
            case 1 -> label.insert(at, other);
            case 2 -> label.deleteCharAt(at);
            default -> label.insert(at + 2, label.charAt(at)).deleteCharAt(at);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "..",
                "a",
                "*",
                "*.*",
                "?.example",
                "exam*le.com",
                "?",
                "-.-",
                "xn--.com",
                "xn--a.com",
                "xn--99999999999.com",
                "xn--example.com",
                "example..com.evil.test",
                "_example._tcp.evil",
                "a..b",
            })
    void anyBytesAreTakenAndNamesWithWildcardsPassedOver(String name) {
        assertThat(found(index("example.com"), name).size()).isBetween(0, 1);
    }

    @Test
    void whatANameTakesIsBounded() {
        String[] domains =
                IntStream.range(0, 3000)
                        .mapToObj(i -> "brand%04d.com".formatted(i))
                        .toArray(String[]::new);
        LookalikeSearch search = index(domains).newSearch();
        String label = "brandbrandbrand0000brand1111-login-brand2222-brand3333-brand99";
        List<String> hostile =
                List.of(
                        "xn--a.".repeat(41) + "test",
                        "xn--example-9uf.".repeat(15) + "test",
                        (label + ".").repeat(4) + "test",
                        "brand00000.".repeat(22) + "test",
                        "brandabcd.".repeat(24) + "test",
                        "a.".repeat(250) + "test",
                        "abcdefghi".repeat(7) + ".test");
        for (String name : hostile) {
            byte[] bytes = name.getBytes(StandardCharsets.US_ASCII);
            assertThat(search.search(bytes, bytes.length, (rule, reason) -> {}))
                    .as(name)
                    .isBetween(1, name.startsWith("xn--") ? 1000 : 25_000);
        }
        byte[] plain = "www.ordinary.net".getBytes(StandardCharsets.US_ASCII);
        assertThat(search.search(plain, plain.length, (rule, reason) -> {})).isBetween(1, 20);
    }

    @Test
    void anEmptyIndexFindsNothing() {
        assertThat(found(index(), "example.com")).isEmpty();
        assertThat(index().size()).isZero();
    }

    @Test
    void techniquesAreReadAsTheyAreWritten() {
        assertThat(Arrays.stream(Technique.values()).map(Technique::text).map(Technique::of))
                .allMatch(Optional::isPresent);
        assertThat(Technique.of("bit-flip")).contains(Technique.BIT_FLIP);
        assertThat(Technique.of("magic")).isEmpty();
    }
}
