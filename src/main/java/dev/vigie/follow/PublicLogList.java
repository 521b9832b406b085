package dev.vigie.follow;

import dev.vigie.ct.client.LogHttp;
import dev.vigie.ct.loglist.KnownLog;
import dev.vigie.ct.loglist.LogListException;
import dev.vigie.ct.loglist.LogListKey;
import dev.vigie.ct.loglist.LogListParser;
import dev.vigie.ct.loglist.LogSelection;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** Reads the logs that are followed from a list at a URL of https, http or file. */
final class PublicLogList {

    /** Chrome's list; its signature is checked with the key that is built in. */
    static final String DEFAULT = "https://www.gstatic.com/ct/log_list/v3/log_list.json";

    private static final Set<String> SCHEMES = Set.of("https", "http", "file");

    private static final String PINNED_KEY = "/log-list-public-key.pem";

    private final URI url;
    private final LogHttp http;

    PublicLogList(URI url, LogHttp http) {
        this.url = url;
        this.http = http;
    }

    static boolean canBeAt(URI url) {
        return SCHEMES.contains(String.valueOf(url.getScheme()));
    }

    /** All logs of the list, also those that are not to be followed. */
    List<KnownLog> fetch() throws IOException, InterruptedException, LogListException {
        byte[] body = get(url);
        if (isDefault()) {
            pinnedKey().check(body, get(URI.create(DEFAULT.replaceFirst("\\.json$", ".sig"))));
        }
        return LogListParser.parse(body).logs();
    }

    /** Whether a log is to be followed; others are read to their end if they were. */
    boolean follows(KnownLog log) {
        return new LogSelection(Set.of(), !isDefault(), false).follows(log);
    }

    private boolean isDefault() {
        return url.toString().equals(DEFAULT);
    }

    private byte[] get(URI from) throws IOException, InterruptedException, LogListException {
        if (!"file".equals(from.getScheme())) {
            return http.get(from, LogListParser.MAX_BYTES).toByteArray();
        }
        try (InputStream in = Files.newInputStream(Path.of(from))) {
            byte[] body = in.readNBytes(LogListParser.MAX_BYTES + 1);
            if (body.length > LogListParser.MAX_BYTES) {
                throw new LogListException(
                        "The log list is longer than %d bytes.".formatted(LogListParser.MAX_BYTES));
            }
            return body;
        } catch (IllegalArgumentException e) {
            throw new IOException("no file can be at " + from, e);
        }
    }

    private static LogListKey pinnedKey() throws IOException {
        try (InputStream pem = PublicLogList.class.getResourceAsStream(PINNED_KEY)) {
            if (pem == null) {
                throw new IOException("the key of the log list is missing from the build");
            }
            return LogListKey.parsePem(new String(pem.readAllBytes(), StandardCharsets.US_ASCII));
        }
    }
}
