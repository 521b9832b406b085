package dev.vigie.monitor;

import dev.vigie.ct.client.LogHttp;
import dev.vigie.ct.loglist.KnownLog;
import dev.vigie.ct.loglist.LogDuty;
import dev.vigie.ct.loglist.LogList;
import dev.vigie.ct.loglist.LogListException;
import dev.vigie.ct.loglist.LogListJudge;
import dev.vigie.ct.loglist.LogListKey;
import dev.vigie.ct.loglist.LogListParser;
import dev.vigie.ct.loglist.LogSelection;
import dev.vigie.logs.StoredLogList;
import io.quarkus.narayana.jta.QuarkusTransaction;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A list at a URL. Each good answer is kept in the database; whatever else comes, the logs stay
 * those of the last good one.
 */
final class PublishedLogList implements LogListSource {

    private static final int FETCH_ATTEMPTS = 3;
    private static final Duration BETWEEN_ATTEMPTS = Duration.ofSeconds(2);

    private final URI url;
    private final @Nullable LogListKey key;
    private final LogSelection selection;
    private final LogListJudge judge;
    private final LogHttp http;
    private final Pause pause;
    private final InstantSource clock;

    PublishedLogList(
            URI url,
            @Nullable LogListKey key,
            LogSelection selection,
            LogHttp http,
            Pause pause,
            InstantSource clock) {
        this.url = url;
        this.key = key;
        this.selection = selection;
        this.judge = new LogListJudge(selection::follows);
        this.http = http;
        this.pause = pause;
        this.clock = clock;
    }

    @Override
    public String name() {
        return url.toString();
    }

    @Override
    public LogList lastGood() throws LogListException {
        Optional<byte[]> body = stored(list -> list.body);
        if (body.isEmpty()) {
            throw new LogListException("No good log list was seen yet.");
        }
        return LogListParser.parse(body.get());
    }

    @Override
    public Optional<Instant> lastFetched() {
        return stored(list -> list.fetchedAt);
    }

    private <T> Optional<T> stored(Function<StoredLogList, T> property) {
        return QuarkusTransaction.requiringNew()
                .call(() -> StoredLogList.<StoredLogList>findByIdOptional(name()).map(property));
    }

    /** List and signature are two files, and for a moment after publication they do not match. */
    @Override
    public LogList fetch() throws IOException, LogListException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            try {
                return fetchOnce();
            } catch (LogListException e) {
                if (attempt == FETCH_ATTEMPTS || key == null) {
                    throw e;
                }
            }
            pause.take(BETWEEN_ATTEMPTS);
        }
    }

    private LogList fetchOnce() throws IOException, LogListException, InterruptedException {
        byte[] body = get(url);
        if (key != null) {
            key.check(body, get(URI.create(name().replaceFirst("\\.json$", ".sig"))));
        }
        LogList list = LogListParser.parse(body);
        judge.check(held(), list, clock.instant());
        QuarkusTransaction.requiringNew()
                .run(() -> StoredLogList.keep(name(), body, clock.instant()));
        return list;
    }

    private Optional<LogList> held() {
        try {
            return Optional.of(lastGood());
        } catch (LogListException e) {
            return Optional.empty();
        }
    }

    private byte[] get(URI from) throws IOException, LogListException, InterruptedException {
        if (!"file".equals(from.getScheme())) {
            return http.get(from, LogListParser.MAX_BYTES).toByteArray();
        }
        try (InputStream in = Files.newInputStream(path(from))) {
            byte[] body = in.readNBytes(LogListParser.MAX_BYTES + 1);
            if (body.length > LogListParser.MAX_BYTES) {
                throw new LogListException(
                        "The log list is longer than %d bytes.".formatted(LogListParser.MAX_BYTES));
            }
            return body;
        }
    }

    private static Path path(URI file) throws IOException {
        try {
            return Path.of(file);
        } catch (IllegalArgumentException e) {
            throw new IOException("no file can be at " + file, e);
        }
    }

    @Override
    public boolean follows(KnownLog log) {
        return selection.follows(log);
    }

    @Override
    public LogDuty duty(KnownLog log) {
        return selection.duty(log);
    }

    @Override
    public boolean isLocal() {
        return false;
    }
}
