package dev.vigie.benchmark;

import dev.vigie.testing.RealSlice;
import java.util.Collection;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Runs the benchmarks of this package, or with {@code -Dbenchmark=<text>} those whose names contain
 * the text. Not part of the tests; src/docs/performance.md says how to run it.
 */
class MicroBenchmarks {

    private static final String ALLOCATED = "gc.alloc.rate.norm";

    @Test
    void printsWhatOneCoreDoesInASecond() throws RunnerException {
        var options =
                new OptionsBuilder()
                        .include(
                                getClass().getPackageName()
                                        + ".*"
                                        + System.getProperty("benchmark", ""))
                        .forks(1)
                        .threads(1)
                        .warmupIterations(3)
                        .warmupTime(TimeValue.seconds(1))
                        .measurementIterations(3)
                        .measurementTime(TimeValue.seconds(1))
                        .addProfiler(GCProfiler.class)
                        .jvmArgsAppend("-Dvigie.data=" + System.getProperty("vigie.data", ""));
        if (RealSlice.folder().isPresent()) {
            options.param("entries", SampleEntries.SIMULATED, SampleEntries.REAL);
        }
        print(new Runner(options.build()).run());
    }

    private static void print(Collection<RunResult> results) {
        System.out.printf("%n%-50s %14s %16s%n", "one core", "per second", "bytes allocated");
        for (RunResult result : results) {
            Result<?> speed = result.getPrimaryResult();
            Result<?> allocated = result.getSecondaryResults().get(ALLOCATED);
            System.out.printf(
                    "%-50s %,14.0f %16.1f%n",
                    name(result.getParams()),
                    speed.getScore(),
                    allocated == null ? Double.NaN : allocated.getScore());
        }
    }

    private static String name(BenchmarkParams params) {
        String method = params.getBenchmark();
        var name = new StringBuilder(method.substring(method.indexOf("benchmark.") + 10));
        for (String key : params.getParamsKeys()) {
            name.append(' ').append(key).append('=').append(params.getParam(key));
        }
        return name.toString().replace("Benchmark.", " ");
    }
}
