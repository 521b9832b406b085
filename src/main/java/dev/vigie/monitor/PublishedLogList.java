package dev.vigie.monitor;

import dev.vigie.ct.client.LogHttp;
import dev.vigie.ct.loglist.KnownLog;
import dev.vigie.ct.loglist.LogList;
import dev.vigie.ct.loglist.LogListException;
import dev.vigie.ct.loglist.LogListKey;
import dev.vigie.ct.loglist.LogListParser;
import dev.vigie.logs.StoredLogList;
import io.quarkus.narayana.jta.QuarkusTransaction;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A list at a URL. Each good answer is kept in the database; whatever else comes, the logs stay
 * those of the last good one.
 */
final class PublishedLogList implements LogListSource {

    private static final int FETCH_ATTEMPTS = 3;

    private final URI url;
    private final @Nullable LogListKey key;
    private final boolean skipRetired;
    private final LogHttp http;
    private final InstantSource clock;

    PublishedLogList(
            URI url,
            @Nullable LogListKey key,
            boolean skipRetired,
            LogHttp http,
            InstantSource clock) {
        this.url = url;
        this.key = key;
        this.skipRetired = skipRetired;
        this.http = http;
        this.clock = clock;
    }

    @Override
    public String name() {
        return url.toString();
    }

    @Override
    public LogList lastGood() throws LogListException {
        byte[] body =
                QuarkusTransaction.requiringNew()
                        .call(() -> {
                            StoredLogList stored = StoredLogList.findById(name());
                            return stored == null ? new byte[0] : stored.body;
                        });
        if (body.length == 0) {
            throw new LogListException("No good log list was seen yet.");
        }
        return LogListParser.parse(body);
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
        }
    }

    private LogList fetchOnce() throws IOException, LogListException, InterruptedException {
        byte[] body = get(url);
        if (key != null) {
            key.check(body, get(URI.create(name().replaceFirst("\\.json$", ".sig"))));
        }
        LogList list = LogListParser.parse(body);
        Optional<LogList> held = held();
        if (held.flatMap(LogList::published)
                .filter(last -> list.published().filter(last::isAfter).isPresent())
                .isPresent()) {
            throw new LogListException("The log list is older than the one held.");
        }
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

    private byte[] get(URI from) throws IOException, InterruptedException {
        if (!"file".equals(from.getScheme())) {
            return http.get(from, LogListParser.MAX_BYTES).toByteArray();
        }
        try (InputStream in = Files.newInputStream(Path.of(from))) {
            return in.readNBytes(LogListParser.MAX_BYTES);
        }
    }

    /**
     * Logs without a state are for tests in Chrome's lists, and the whole point of private ones.
     */
    @Override
    public boolean follows(KnownLog log) {
        return log.type().isEmpty()
                && switch (log.state()) {
                    case USABLE, QUALIFIED, PENDING, READONLY -> true;
                    case RETIRED -> !skipRetired;
                    case REJECTED -> false;
                    case UNSTATED -> !name().equals(LogListConfig.DEFAULT_URL);
                };
    }

    @Override
    public boolean isLocal() {
        return false;
    }
}
