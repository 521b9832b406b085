package dev.vigie.benchmark;

import dev.vigie.dns.DomainName;
import dev.vigie.dns.PublicSuffixes;
import dev.vigie.rule.lookalike.LookalikeIndex;
import dev.vigie.rule.lookalike.LookalikeRule;
import dev.vigie.rule.lookalike.LookalikeSearch;
import dev.vigie.rule.lookalike.RiskyWords;
import dev.vigie.simulator.OrdinaryNames;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Names held against lookalike rules that hardly any of them is near to. */
@State(Scope.Thread)
@OperationsPerInvocation(LookalikeBenchmark.NAMES)
public class LookalikeBenchmark {

    static final int NAMES = 20_000;

    @Param({"1", "100", "1000", "10000"})
    public int rules = 1;

    private final List<byte[]> names = new ArrayList<>();
    private LookalikeSearch search = search(1);

    private static LookalikeSearch search(int rules) {
        var random = new Random(1);
        List<LookalikeRule> list = new ArrayList<>();
        for (int i = 0; i < rules; i++) {
            list.add(new LookalikeRule(DomainName.parse(coined(random) + ".com")));
        }
        return LookalikeIndex.of(list, PublicSuffixes.bundled(), RiskyWords.bundled()).newSearch();
    }

    /** Six to twelve letters that can be spoken. */
    private static String coined(Random random) {
        var name = new StringBuilder();
        for (int i = 3 + random.nextInt(4); i > 0; i--) {
            name.append("bcdfghjklmnpqrstvwxz".charAt(random.nextInt(20)));
            name.append("aeiouy".charAt(random.nextInt(6)));
        }
        return name.toString();
    }

    @Setup
    public void makeNames() {
        search = search(rules);
        var ordinary = new OrdinaryNames(1);
        while (names.size() < NAMES) {
            for (String name : ordinary.next()) {
                names.add(name.getBytes(StandardCharsets.US_ASCII));
            }
        }
    }

    @Benchmark
    public int search() {
        int effort = 0;
        for (int i = 0; i < NAMES; i++) {
            byte[] name = names.get(i);
            effort += search.search(name, name.length, (rule, reason) -> {});
        }
        return effort;
    }
}
