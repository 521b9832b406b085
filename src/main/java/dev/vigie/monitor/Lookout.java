package dev.vigie.monitor;

import dev.vigie.ct.LogMisbehaviorException;
import dev.vigie.ct.SignedTreeHead;
import dev.vigie.ct.client.LogClient;
import dev.vigie.ct.client.Purpose;
import dev.vigie.ct.loglist.KnownLog;
import dev.vigie.logs.LogStatus;
import java.io.IOException;
import java.util.function.BooleanSupplier;

/**
 * Looks at one log again and again: at its tree head, at what is new, and whether it fits. Lives as
 * long as this process has the log; belongs to one thread.
 */
final class Lookout {

    /** Beyond so many entries, other logs of the same host go first. */
    private static final long NEAR = 10_000;

    private final LogCustody custody;
    private final LogStatus status;
    private final LogWatch watch;
    private final TailingTools tools;
    private final HeadAudit audit;
    private final LogProof proof;
    private final FinalTreeHead finalHead;
    private final HoleFinder holes;
    private final PartialTile partialTile;
    private final IssuerKeys issuerKeys = new IssuerKeys();

    Lookout(
            LogCustody custody,
            LogStatus status,
            LogWatch watch,
            LogIncidents incidents,
            PartialTile partialTile,
            TailingTools tools) {
        this.custody = custody;
        this.status = status;
        this.watch = watch;
        this.tools = tools;
        this.partialTile = partialTile;
        this.audit = new HeadAudit(incidents);
        this.proof = tools.proof(custody, incidents);
        this.finalHead = new FinalTreeHead(incidents);
        this.holes = new HoleFinder(tools.config().holeAfter());
    }

    /** One look; returns when all that the log has shown is recorded, or when it is told to. */
    void look(KnownLog log, LogClient client, BooleanSupplier stopped)
            throws IOException, InterruptedException, LogMisbehaviorException {
        SignedTreeHead head = head(client);
        if (custody.position().isEmpty()) {
            custody.begin(tools.startingPoint().in(client, head.size()), tools.config().startAt());
        }
        long position = custody.position().getAsLong();
        at(position);
        if (head.size() < position) {
            return;
        }
        proof.establish(client, head);
        long end = partialTile.end(log.protocol(), head.size(), position);
        if (position >= end) {
            custody.begin(tools.rules());
        } else {
            read(log, client, head, end, stopped);
        }
        if (custody.position().getAsLong() == head.size()) {
            proof.settle(client, head);
        } else if (custody.position().getAsLong() == end) {
            proof.prove(client, head);
        }
        finalHead.check(log, head, custody, client);
    }

    private SignedTreeHead head(LogClient client)
            throws IOException, InterruptedException, LogMisbehaviorException {
        SignedTreeHead head;
        try {
            head = client.treeHead();
        } catch (LogMisbehaviorException e) {
            watch.refusedHead(e, tools.clock().instant());
            throw e;
        }
        watch.sawHead(head, tools.clock().instant());
        custody.noteTreeHead(head);
        status.seen(head.size(), head.timestamp());
        audit.saw(head, client, custody.provenHead());
        return head;
    }

    private void at(long index) {
        status.at(index);
        watch.at(index);
    }

    private void read(
            KnownLog log, LogClient client, SignedTreeHead head, long end, BooleanSupplier stopped)
            throws IOException, InterruptedException, LogMisbehaviorException {
        long position = custody.position().getAsLong();
        Purpose purpose = end - position > NEAR ? Purpose.CATCH_UP : Purpose.TAIL;
        LogClient asking = client.asking(purpose);
        var pending = new PendingBatches(custody, proof, status, watch, tools, log, head);
        try (var reader = tools.newReader(custody.logId(), asking, position, end, head.size())) {
            while (reader.hasNext() && !stopped.getAsBoolean()) {
                ScannedBatch batch = reader.next();
                tools.stream(log, batch);
                if (!pending.goesWith(batch)) {
                    record(pending, client);
                }
                pending.add(batch);
                holes.read();
                status.succeeded(LogStatus.Condition.CATCHING_UP);
                if (pending.isDue(purpose, reader.isNextReady())) {
                    record(pending, client);
                    proof.milestone(asking, head);
                }
            }
        } catch (IOException | LogMisbehaviorException e) {
            record(pending, client);
            if (!holes.isHole(custody.position().getAsLong(), tools.clock().instant())) {
                throw e;
            }
            skip(log, client, head, String.valueOf(e.getMessage()));
        } finally {
            // what was read before a failure is not read again
            record(pending, client);
        }
    }

    private void record(PendingBatches pending, LogClient client) {
        pending.record(hits -> issuerKeys.complete(hits, client));
    }

    /** Goes on behind entries that the log does not give, if it gives those. */
    private void skip(KnownLog log, LogClient client, SignedTreeHead head, String reason)
            throws IOException, InterruptedException, LogMisbehaviorException {
        long position = custody.position().getAsLong();
        long next = holes.next(client, log.protocol(), position, head.size());
        proof.skip(client, head, next, reason);
        at(next);
    }
}
