package dev.vigie.benchmark;

import dev.vigie.rule.NameMatcher;
import dev.vigie.simulator.OrdinaryNames;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Names, one dNSName each, held against rules that none of them meets. */
@State(Scope.Thread)
@OperationsPerInvocation(MatchingBenchmark.NAMES)
public class MatchingBenchmark {

    static final int NAMES = 20_000;

    @Param({"1", "1000", "100000", "1000000"})
    public int rules = 1;

    private final List<byte[]> names = new ArrayList<>();
    private NameMatcher matcher = matcher(1);

    private static NameMatcher matcher(int rules) {
        return new NameMatcher(BenchmarkRules.set(BenchmarkRules.names(rules)));
    }

    @Setup
    public void makeNames() {
        matcher = matcher(rules);
        var ordinary = new OrdinaryNames(1);
        while (names.size() < NAMES) {
            for (String name : ordinary.next()) {
                names.add(name.getBytes(StandardCharsets.US_ASCII));
            }
        }
    }

    @Benchmark
    public boolean match() {
        matcher.begin();
        for (int i = 0; i < NAMES; i++) {
            byte[] name = names.get(i);
            matcher.dnsName(name, 0, name.length);
        }
        if (matcher.hasHits() || matcher.gaveUp()) {
            throw new IllegalStateException("there should be no hit");
        }
        return matcher.hasHits();
    }
}
