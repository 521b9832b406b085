package dev.vigie.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vigie.ct.EntryBatch;
import dev.vigie.ct.LogMisbehaviorException;
import dev.vigie.ct.client.GetEntriesPages;
import dev.vigie.simulator.CertificateMaker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/**
 * An answer of get-entries, from JSON to the bytes of its leaves. Ours is decoded where it lies, so
 * that it is copied first each time; that counts.
 */
@State(Scope.Thread)
@OperationsPerInvocation(SampleEntries.COUNT)
public class GetEntriesBenchmark {

    private final ObjectMapper jackson = new ObjectMapper();
    private byte[] page = new byte[0];
    private byte[] copy = new byte[0];

    @Setup
    public void makePage() {
        byte[] chain = new CertificateMaker(1).issuer();
        Base64.Encoder base64 = Base64.getEncoder();
        var json = new StringBuilder("{\"entries\":[");
        for (byte[] leaf : SampleEntries.certificates(SampleEntries.SIMULATED)) {
            json.append(json.charAt(json.length() - 1) == '[' ? "" : ",")
                    .append(
                            "{\"leaf_input\":\"%s\",\"extra_data\":\"%s\"}"
                                    .formatted(
                                            base64.encodeToString(leaf),
                                            base64.encodeToString(chain)));
        }
        page = json.append("]}").toString().getBytes(StandardCharsets.US_ASCII);
        copy = new byte[page.length];
    }

    @Benchmark
    public EntryBatch vigie() throws LogMisbehaviorException {
        System.arraycopy(page, 0, copy, 0, page.length);
        return GetEntriesPages.cut(copy, page.length, 0, SampleEntries.COUNT);
    }

    @Benchmark
    public void jackson(Blackhole hole) throws IOException {
        for (JsonNode entry : jackson.readTree(page).get("entries")) {
            hole.consume(Base64.getDecoder().decode(entry.get("leaf_input").textValue()));
        }
    }
}
