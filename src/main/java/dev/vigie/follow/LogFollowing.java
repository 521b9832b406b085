package dev.vigie.follow;

import dev.vigie.ct.EntryBatch;
import dev.vigie.ct.LogMisbehaviorException;
import dev.vigie.ct.client.LogClient;
import dev.vigie.ct.client.LogUnavailableException;
import dev.vigie.ct.loglist.KnownLog;
import dev.vigie.net.Backoff;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** Follows one log, in a thread of its own, and never gives up. */
final class LogFollowing {

    private final KnownLog log;
    private final LogClient client;
    private final Settings settings;
    private final LoggedEntry.Reader reader;
    private final Thread thread;
    private volatile long position;
    private volatile long treeSize = -1;
    private volatile long entries;
    private volatile long failures;
    private volatile @Nullable String lastError;
    private volatile boolean finishing;
    private volatile boolean stopped;

    /**
     * What all logs have in common.
     *
     * @param pollInterval between looks at a log that has nothing new
     * @param backoff after failures
     */
    record Settings(
            StartAt startAt, Duration pollInterval, Backoff backoff, EntryListener listener) {}

    /** The listener failed at an entry. */
    private static final class ListenerException extends Exception {

        private static final long serialVersionUID = 1L;

        ListenerException(Throwable cause) {
            super("the listener failed: " + cause, cause);
        }
    }

    /**
     * @param position where to go on; -1 to begin where the settings say
     */
    LogFollowing(KnownLog log, LogClient client, Settings settings, long position) {
        this.log = log;
        this.client = client;
        this.settings = settings;
        this.reader = new LoggedEntry.Reader(log);
        this.position = position;
        this.thread = Thread.ofVirtual().name(log.description()).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    private void run() {
        try {
            while (!stopped) {
                Duration wait = isOver() ? settings.pollInterval() : look();
                if (!stopped) {
                    Thread.sleep(wait);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the end
        }
    }

    /** Ends it, soon. The listener may swallow the interrupt, so that alone is not enough. */
    void stop() {
        stopped = true;
        thread.interrupt();
    }

    void join() throws InterruptedException {
        thread.join();
    }

    /** The log is no longer wanted: what it has is read, then it is left alone. */
    void finish() {
        finishing = true;
    }

    /** The log is wanted, once more or still. */
    void goOn() {
        finishing = false;
    }

    private boolean isOver() {
        boolean isRead = treeSize >= 0 && position >= treeSize && failures == 0;
        return finishing && (position < 0 || isRead);
    }

    private void endIfStopped() throws InterruptedException {
        if (stopped) {
            throw new InterruptedException("stopped");
        }
    }

    /** Reads what there is, and says how long to wait then. */
    private Duration look() throws InterruptedException {
        try {
            readOn();
            return settings.pollInterval();
        } catch (LogUnavailableException e) {
            Duration wait = failed(e);
            return e.retryAfter().filter(asked -> asked.compareTo(wait) > 0).orElse(wait);
        } catch (IOException
                | LogMisbehaviorException
                | ListenerException
                | RuntimeException
                | Error e) {
            return failed(e); // also after a mistake of our own
        }
    }

    private Duration failed(Throwable e) {
        failures++;
        lastError = String.valueOf(e.getMessage());
        return settings.backoff().after((int) Math.min(failures, Integer.MAX_VALUE));
    }

    private void readOn()
            throws IOException, InterruptedException, LogMisbehaviorException, ListenerException {
        long size = client.treeHead().head().size();
        if (position < 0) {
            position = new StartingPoint(settings.startAt()).in(client, size);
        }
        treeSize = size;
        while (position < size) {
            endIfStopped();
            EntryBatch batch =
                    client.entries(position, client.nextRange(position, size).end(), size);
            try {
                give(batch);
            } finally {
                batch.release();
            }
            succeeded();
        }
        succeeded();
    }

    private void succeeded() {
        failures = 0;
        lastError = null;
    }

    /** The position moves when the listener is done, and not before. */
    private void give(EntryBatch batch) throws InterruptedException, ListenerException {
        List<CompletionStage<?>> open = new ArrayList<>();
        try {
            for (int i = 0; i < batch.size(); i++) {
                endIfStopped();
                CompletionStage<?> stage = settings.listener().onEntry(reader.read(batch, i));
                if (stage != null) {
                    open.add(stage);
                } else if (open.isEmpty()) {
                    done(batch.index(i) + 1);
                }
            }
            for (CompletionStage<?> stage : open) {
                endIfStopped();
                stage.toCompletableFuture().get();
            }
        } catch (InterruptedException e) {
            endIfStopped();
            throw new ListenerException(e); // nobody but the listener has interrupted it
        } catch (ExecutionException e) {
            throw new ListenerException(e.getCause() == null ? e : e.getCause());
        } catch (Throwable e) {
            throw new ListenerException(e); // whatever it was, the log is not given up
        }
        done(batch.range().end());
    }

    private void done(long newPosition) {
        entries += newPosition - position;
        position = newPosition;
    }

    LogProgress progress() {
        return new LogProgress(log, position, treeSize, entries, failures, lastError);
    }
}
