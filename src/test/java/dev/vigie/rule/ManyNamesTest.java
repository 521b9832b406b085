package dev.vigie.rule;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Row C17 of the fault table, name by name: what many names, or many rules, may cost. */
class ManyNamesTest {

    private static final UUID ID = new UUID(0, 1);

    private final NameMatcher matcher = new NameMatcher(domains("watched.example"));

    private static RuleSet domains(String... names) {
        var rules = new RuleSet.Builder();
        for (int i = 0; i < names.length; i++) {
            rules.add(WatchRule.parse(new UUID(0, i + 1), RuleKind.DOMAIN, names[i]));
        }
        return rules.build(1);
    }

    @Test
    void namesThatDifferWhereTheyAreCutAreTwo() {
        String beginning = "a".repeat(60) + ".";
        dns(beginning.repeat(5) + "x.watched.example");
        dns(beginning.repeat(5) + "y.watched.example");
        dns(beginning.repeat(5) + "y.watched.example");

        assertThat(matcher.takeHits()).singleElement().extracting(Hit::nameCount).isEqualTo(2);
    }

    @Test
    void aNameThatComesAgainIsNotCountedAgain() {
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < 500; i++) {
                dns("n" + i + ".watched.example");
            }
        }
        dns("*.example");
        dns("a.watched.example\0b.watched.example"); // two readings of one name

        assertThat(matcher.takeHits()).singleElement().extracting(Hit::nameCount).isEqualTo(502);

        dns("n1.watched.example");
        dns("n2.watched.example");
        assertThat(matcher.takeHits()).singleElement().extracting(Hit::nameCount).isEqualTo(2);
    }

    @Test
    void moreNamesThanAnyCertificateHasAreNoLongerToldApart() {
        for (int i = 0; i < SeenNames.MOST + 100; i++) {
            dns(i + ".watched.example");
        }

        assertThat(matcher.takeHits())
                .singleElement()
                .extracting(Hit::nameCount)
                .isEqualTo(SeenNames.MOST);
    }

    @Test
    void aHundredThousandNamesThatMeetARuleMakeNoObjectEach() {
        List<byte[]> names = new ArrayList<>();
        for (int i = 0; i < 100_000; i++) {
            names.add(("n" + i + ".watched.example").getBytes(ISO_8859_1));
        }
        var thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = thread.getCurrentThreadAllocatedBytes();
        names.forEach(name -> matcher.dnsName(name, 0, name.length));
        long allocated = thread.getCurrentThreadAllocatedBytes() - before;

        assertThat(matcher.takeHits())
                .singleElement()
                .extracting(Hit::nameCount)
                .isEqualTo(100_000);
        assertThat(allocated / names.size()).as("bytes a name").isLessThan(60);
    }

    @Test
    void aNameThatCanStandForAllDoesNotMakeAHitOfEachOfVeryManyRules() {
        var rules = new RuleSet.Builder();
        for (int i = 0; i < 100_000; i++) {
            rules.add(WatchRule.parse(new UUID(0, i), RuleKind.DOMAIN, "d%d.test".formatted(i)));
        }
        var many = new NameMatcher(rules.build(1));
        for (String name : List.of("*", "*.test", "d*.test")) {
            many.begin();
            many.dnsName(name.getBytes(ISO_8859_1), 0, name.length());

            assertThat(many.gaveUp()).as(name).isTrue();
            assertThat(many.takeHits()).as(name).hasSizeBetween(10_000, 20_000);
        }
    }

    /** After a name that met nothing, names with the same end are not walked. */
    @Test
    void anEndThatMetNothingHidesNoOtherName() {
        var some = new NameMatcher(domains("xevil.example", "a.b.test", "a.c.test"));
        assertThat(asks(some, "evil.example", "xevil.example")).isTrue();
        assertThat(asks(some, "evil.example", "www.xevil.example")).isTrue();
        assertThat(asks(some, "www.evil.example", "*.evil.example")).isFalse();
        assertThat(asks(some, "x.b.test", "a.b.test")).isTrue();
        assertThat(asks(some, "x.b.test", "*.b.test")).isTrue();
        assertThat(asks(some, "x.b.test", "b.test")).isFalse();
        assertThat(asks(some, "test.nowhere", "a.b.test")).isTrue();
        assertThat(asks(some, "x.b.test", "x.b.test\0a.c.test")).isFalse();
        assertThat(asks(some, "x.b.test", "a.c.test\0x.b.test")).isTrue();
        assertThat(asks(some, "x.b.test", "*")).isTrue();
    }

    /** A rule was taken away from the base and another is beside it. */
    @Test
    void anEndThatMetNothingInOneTreeCountsOnlyIfItDidInTheOther() {
        var patched =
                new NameMatcher(
                        domains("a.b.test")
                                .with(
                                        2,
                                        Set.of(ID),
                                        List.of(
                                                WatchRule.parse(
                                                        ID, RuleKind.DOMAIN, "a.x.b.test"))));
        assertThat(asks(patched, "y.b.test", "a.x.b.test")).isTrue();
        assertThat(asks(patched, "y.x.b.test", "a.x.b.test")).isTrue();
        assertThat(asks(patched, "x.b.test", "a.x.b.test")).isTrue();
        assertThat(asks(patched, "a.b.test", "a.b.test")).isFalse();
    }

    @Test
    void aNameOfWhichNothingCanBeReadStandsForNoOther() {
        dns("\u00e2\u0080\u00ae");

        assertThat(matcher.takeHits()).isEmpty();
    }

    private static boolean asks(NameMatcher matcher, String before, String name) {
        matcher.dnsName(before.getBytes(ISO_8859_1), 0, before.length());
        matcher.begin();
        matcher.dnsName(name.getBytes(ISO_8859_1), 0, name.length());
        return !matcher.takeHits().isEmpty();
    }

    private void dns(String name) {
        byte[] bytes = name.getBytes(ISO_8859_1);
        matcher.dnsName(bytes, 0, bytes.length);
    }
}
