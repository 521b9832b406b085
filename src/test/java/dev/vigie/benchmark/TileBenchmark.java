package dev.vigie.benchmark;

import dev.vigie.ct.DataTile;
import dev.vigie.ct.EntryBatch;
import dev.vigie.ct.LogMisbehaviorException;
import dev.vigie.ct.loglist.LogProtocol;
import dev.vigie.ct.merkle.CompactRange;
import dev.vigie.rule.RuleSet;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** What happens to a data tile before anybody looks at a certificate. */
@State(Scope.Thread)
@OperationsPerInvocation(SampleEntries.COUNT)
public class TileBenchmark {

    @Param(SampleEntries.SIMULATED)
    public String entries = SampleEntries.SIMULATED;

    private final Unpacking unpacking = new Unpacking(LogProtocol.STATIC);
    private final EntryWork work = new EntryWork(RuleSet.EMPTY);
    private List<byte[]> tiles = List.of();
    private final List<byte[]> compressed = new ArrayList<>();
    private final List<EntryBatch> batches = new ArrayList<>();

    @Setup
    public void makeTiles() throws IOException, LogMisbehaviorException {
        tiles = SampleEntries.tiles(entries);
        for (byte[] tile : tiles) {
            compressed.add(gzip(tile));
            batches.add(cut(tile, tile.length));
        }
    }

    private static byte[] gzip(byte[] tile) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(tile);
        }
        return out.toByteArray();
    }

    private static EntryBatch cut(byte[] tile, int length) throws LogMisbehaviorException {
        return DataTile.cut(tile, length, 0, DataTile.WIDTH);
    }

    @Benchmark
    public void inflateAndCut(Blackhole hole) throws LogMisbehaviorException {
        for (byte[] gzip : compressed) {
            int length = unpacking.inflate(gzip, 0, gzip.length);
            hole.consume(cut(unpacking.inflated(), length));
        }
    }

    @Benchmark
    public void cut(Blackhole hole) throws LogMisbehaviorException {
        for (byte[] tile : tiles) {
            hole.consume(cut(tile, tile.length));
        }
    }

    /** Leaf hashes and their compact ranges. */
    @Benchmark
    public void hash(Blackhole hole) {
        for (EntryBatch batch : batches) {
            CompactRange range = work.hash(batch);
            hole.consume(range);
        }
    }
}
