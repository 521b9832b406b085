package dev.vigie.benchmark;

import dev.vigie.ct.DataTile;
import dev.vigie.ct.EntryBatch;
import dev.vigie.ct.EntryType;
import dev.vigie.ct.ExtraData;
import dev.vigie.ct.LogMisbehaviorException;
import dev.vigie.simulator.CertificateMaker;
import dev.vigie.simulator.OrdinaryNames;
import dev.vigie.testing.RealSlice;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What the benchmarks chew on: simulated entries or, where they are, those of a real log. */
final class SampleEntries {

    static final String SIMULATED = "simulated";
    static final String REAL = "real";

    /** As many as the real slice has. */
    static final int COUNT = RealSlice.SIZE;

    private static final Instant ISSUED = Instant.parse("2026-01-01T00:00:00Z");

    private SampleEntries() {}

    /** So many certificates or, of the real log, precertificates. */
    static List<byte[]> certificates(String kind) {
        return kind.equals(REAL) ? realPrecertificates() : simulatedCertificates();
    }

    private static List<byte[]> simulatedCertificates() {
        var maker = new CertificateMaker(1);
        var names = new OrdinaryNames(1);
        List<byte[]> certificates = new ArrayList<>();
        for (int i = 0; i < COUNT; i++) {
            certificates.add(maker.issue(names.next(), ISSUED).certificate());
        }
        return certificates;
    }

    private static List<byte[]> realPrecertificates() {
        List<byte[]> certificates = new ArrayList<>();
        try {
            for (byte[] tile : tiles(REAL)) {
                EntryBatch batch = DataTile.cut(tile, tile.length, 0, DataTile.WIDTH);
                for (int entry = 0; entry < batch.size(); entry++) {
                    certificates.add(
                            ExtraData.of(batch, entry, EntryType.PRECERT)
                                    .precertificate()
                                    .orElseThrow());
                }
            }
        } catch (LogMisbehaviorException e) {
            throw new IllegalStateException(e);
        }
        return certificates;
    }

    /** The same entries as four whole data tiles. */
    static List<byte[]> tiles(String kind) {
        List<byte[]> tiles = new ArrayList<>();
        for (int tile = 0; tile < COUNT / DataTile.WIDTH; tile++) {
            tiles.add(kind.equals(REAL) ? realTile(tile) : simulatedTile(tile));
        }
        return tiles;
    }

    private static byte[] realTile(int tile) {
        Path folder = RealSlice.folder().orElseThrow();
        try {
            return Files.readAllBytes(folder.resolve("tile/data/%03d".formatted(tile)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Certificates and precertificates in turns, as in the logs of the end-to-end benchmark. */
    private static byte[] simulatedTile(int tile) {
        var maker = new CertificateMaker(tile);
        var names = new OrdinaryNames(tile);
        var bytes = ByteBuffer.allocate(1 << 20);
        for (int i = 0; i < DataTile.WIDTH; i++) {
            CertificateMaker.Issuance issued = maker.issue(names.next(), ISSUED);
            boolean precert = i % 2 == 0;
            bytes.putLong(ISSUED.toEpochMilli()).putShort((short) (precert ? 1 : 0));
            if (precert) {
                bytes.put(maker.issuerKeyHash().bytes());
            }
            put24(bytes, precert ? issued.tbs() : issued.certificate());
            bytes.putShort((short) 8).putInt(5).putInt(tile * DataTile.WIDTH + i);
            if (precert) {
                put24(bytes, issued.precertificate());
            }
            bytes.putShort((short) 32).put(maker.issuerKeyHash().bytes());
        }
        byte[] all = new byte[bytes.flip().remaining()];
        bytes.get(all);
        return all;
    }

    private static void put24(ByteBuffer to, byte[] content) {
        to.put((byte) (content.length >> 16)).putShort((short) content.length).put(content);
    }
}
