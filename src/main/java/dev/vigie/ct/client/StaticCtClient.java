package dev.vigie.ct.client;

import dev.vigie.ct.Checkpoint;
import dev.vigie.ct.DataTile;
import dev.vigie.ct.EntryBatch;
import dev.vigie.ct.EntryRange;
import dev.vigie.ct.LogKey;
import dev.vigie.ct.LogMisbehaviorException;
import dev.vigie.ct.SignedTreeHead;
import dev.vigie.ct.TreeHead;
import dev.vigie.ct.merkle.CompactRange;
import dev.vigie.hash.Sha256;
import dev.vigie.net.BoundedBody;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;

/** Reads a log of tiles (c2sp.org/static-ct-api). */
public final class StaticCtClient implements LogClient {

    private static final int MAX_ISSUER_BYTES = 1 << 20;

    private final LogHttp http;
    private final URI monitoringPrefix;
    private final String origin;
    private final LogKey key;
    private final Purpose purpose;
    private final TileRange tileRange;

    /**
     * @param monitoringPrefix where the tiles are
     * @param submissionPrefix what the log's checkpoints are named after
     */
    public StaticCtClient(LogHttp http, URI monitoringPrefix, URI submissionPrefix, LogKey key) {
        this.http = http;
        this.monitoringPrefix = monitoringPrefix;
        this.origin = origin(submissionPrefix);
        this.key = key;
        this.purpose = Purpose.TAIL;
        this.tileRange = new TileRange(http, monitoringPrefix);
    }

    private StaticCtClient(StaticCtClient same, Purpose purpose) {
        this.http = same.http;
        this.monitoringPrefix = same.monitoringPrefix;
        this.origin = same.origin;
        this.key = same.key;
        this.tileRange = same.tileRange;
        this.purpose = purpose;
    }

    @Override
    public StaticCtClient asking(Purpose newPurpose) {
        return new StaticCtClient(this, newPurpose);
    }

    /** The submission prefix without scheme and without slash at its end. */
    public static String origin(URI submissionPrefix) {
        return submissionPrefix.toString().replaceFirst("^[a-z]+://", "").replaceFirst("/$", "");
    }

    @Override
    public SignedTreeHead treeHead()
            throws IOException, InterruptedException, LogMisbehaviorException {
        byte[] note =
                http.get(
                                monitoringPrefix.resolve("checkpoint"),
                                Checkpoint.MAX_BYTES,
                                Purpose.TREE_HEAD)
                        .toByteArray();
        try {
            return Checkpoint.parse(note, origin, key).as(note);
        } catch (LogMisbehaviorException e) {
            throw e.with(note);
        }
    }

    @Override
    public EntryRange nextRange(long start, long end) {
        long tileEnd = (start / DataTile.WIDTH + 1) * DataTile.WIDTH;
        return new EntryRange(start, Math.min(end, tileEnd));
    }

    @Override
    public EntryBatch entries(long start, long end, long treeSize, int maxBytes)
            throws IOException, InterruptedException, LogMisbehaviorException {
        long tile = start / DataTile.WIDTH;
        long first = tile * DataTile.WIDTH;
        int width = (int) Math.min(DataTile.WIDTH, treeSize - first);
        EntryBatch batch =
                width < DataTile.WIDTH ? partial(tile, width, maxBytes) : full(tile, maxBytes);
        return batch.first((int) Math.min(width, end - first)).from(start);
    }

    /** A partial tile may be gone as soon as the full one is there. */
    private EntryBatch partial(long tile, int width, int maxBytes)
            throws IOException, InterruptedException, LogMisbehaviorException {
        try {
            return cut(TilePath.partialData(tile, width), tile, width, maxBytes);
        } catch (LogUnavailableException e) {
            if (!e.isMissing()) {
                throw e;
            }
            try {
                return full(tile, maxBytes);
            } catch (LogUnavailableException full) {
                throw full.isMissing() ? e : full;
            }
        }
    }

    private EntryBatch full(long tile, int maxBytes)
            throws IOException, InterruptedException, LogMisbehaviorException {
        return cut(TilePath.data(tile), tile, DataTile.WIDTH, maxBytes);
    }

    private EntryBatch cut(String path, long tile, int width, int maxBytes)
            throws IOException, InterruptedException, LogMisbehaviorException {
        BoundedBody body = http.get(monitoringPrefix.resolve(path), maxBytes, purpose);
        return DataTile.cut(body.buffer(), body.length(), tile * DataTile.WIDTH, width)
                .releasedBy(body::release);
    }

    @Override
    public CompactRange rangeAt(long size, TreeHead head)
            throws IOException, InterruptedException, LogMisbehaviorException {
        return tileRange.rangeAt(size, head);
    }

    @Override
    public Optional<byte[]> issuer(Sha256 fingerprint)
            throws IOException, InterruptedException, LogMisbehaviorException {
        byte[] certificate =
                http.get(
                                monitoringPrefix.resolve("issuer/" + fingerprint),
                                MAX_ISSUER_BYTES,
                                purpose)
                        .toByteArray();
        if (!Sha256.hash(certificate).equals(fingerprint)) {
            throw new LogMisbehaviorException(
                    "the log has other bytes for the issuer " + fingerprint);
        }
        return Optional.of(certificate);
    }
}
