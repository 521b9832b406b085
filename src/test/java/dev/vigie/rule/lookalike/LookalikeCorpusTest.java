package dev.vigie.rule.lookalike;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigie.dns.PublicSuffixes;
import dev.vigie.testing.SharedData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How much is found of what imitates famous domains, and how much is found that does not. */
class LookalikeCorpusTest {

    private static final int ORDINARY_NAMES = 200_000;
    private static final long SEED = 20_261_123;
    private static final Pattern DNS_NAMES = Pattern.compile("\"DNS\":\\[([^\\]]*)\\]");

    private static final LookalikeIndex FIFTY = index(FamousDomains.FIFTY);

    private static LookalikeIndex index(List<String> domains) {
        return LookalikeIndex.of(
                FamousDomains.rules(domains), PublicSuffixes.bundled(), RiskyWords.bundled());
    }

    @ParameterizedTest
    @EnumSource(Technique.class)
    void ofEachTechniqueNinetyNineInAHundredAreFoundForTheRightReason(Technique technique) {
        LookalikeSearch search = FIFTY.newSearch();
        var random = new Random(SEED);
        int made = 0;
        List<String> missed = new ArrayList<>();
        for (int rule = 0; rule < FamousDomains.FIFTY.size(); rule++) {
            String domain = FamousDomains.FIFTY.get(rule);
            var permutations = new Permutations(domain, random);
            for (String name : permutations.of(technique)) {
                made++;
                LookalikeReason reason = reason(search, name, rule);
                // some names are made by two techniques
                if (reason == null || !permutations.of(reason.technique()).contains(name)) {
                    missed.add(name + " " + reason);
                } else {
                    assertThat(reason.text()).contains(domain).matches("[ -~]+");
                }
            }
        }

        System.out.printf(
                Locale.ROOT,
                "%-11s %,6d made, %6.2f %% found%n",
                technique.text(),
                made,
                100.0 * (made - missed.size()) / made);
        assertThat(missed.size())
                .as("of %d %s: %s", made, technique, missed.stream().limit(40).toList())
                .isLessThanOrEqualTo(made / 100);
    }

    private static LookalikeReason reason(LookalikeSearch search, String name, int wanted) {
        byte[] bytes = name.getBytes(StandardCharsets.US_ASCII);
        LookalikeReason[] found = new LookalikeReason[1];
        search.search(
                bytes,
                bytes.length,
                (rule, reason) -> found[0] = rule == wanted ? reason : found[0]);
        return found[0];
    }

    @Test
    void ofOrdinaryNamesOneInTenThousandIsTakenForOneOfAHundredDomains() {
        LookalikeSearch search = index(FamousDomains.HUNDRED).newSearch();
        Set<String> names = new LinkedHashSet<>(realNames());
        int real = names.size();
        var made = new EverydayNames(SEED);
        while (names.size() < ORDINARY_NAMES) {
            names.add(made.next());
        }
        List<String> hit = new ArrayList<>();
        int hitReal = 0;
        int at = 0;
        for (String name : names) {
            byte[] bytes = name.getBytes(StandardCharsets.US_ASCII);
            int before = hit.size();
            search.search(bytes, bytes.length, (rule, reason) -> hit.add(name + ": " + reason));
            hitReal += at++ < real && hit.size() > before ? 1 : 0;
        }

        System.out.printf(
                Locale.ROOT,
                "%d hits of 100 rules on %,d ordinary names (%d of them on %,d real ones)%n%s%n",
                hit.size(),
                names.size(),
                hitReal,
                real,
                String.join("\n", hit));
        assertThat(hit).hasSizeLessThanOrEqualTo(ORDINARY_NAMES / 10_000);
    }

    /** Those of the slice of a real log, if it is there. */
    private static Set<String> realNames() {
        Set<String> names = new LinkedHashSet<>();
        Path folder =
                SharedData.directory()
                        .map(data -> data.resolve("tiles/navigli2025h2/tile/names"))
                        .filter(Files::isDirectory)
                        .orElse(null);
        if (folder == null) {
            return names;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                Matcher lists = DNS_NAMES.matcher(Files.readString(file));
                while (lists.find()) {
                    for (String name : lists.group(1).replace("\"", "").split(",")) {
                        if (EverydayNames.isOrdinary(name)) {
                            names.add(name.toLowerCase(Locale.ROOT));
                        }
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return names;
    }
}
