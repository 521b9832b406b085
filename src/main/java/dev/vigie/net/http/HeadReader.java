package dev.vigie.net.http;

import java.io.IOException;
import java.net.ProtocolException;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads heads and trailers, which together have so many bytes at most. */
final class HeadReader {

    /** Of all heads of one answer; 2048 headers are as many. */
    static final int MAX_BYTES = 1 << 16;

    private static final int MAX_INTERIM = 8;

    /** As HTTP/2 counts (RFC 9113 section 6.5.2), so that many small headers are many bytes. */
    private static final int HEADER_OVERHEAD = 32;

    private static final Pattern STATUS_LINE =
            Pattern.compile("HTTP/1\\.([01]) ([1-5][0-9]{2})(?: .*)?");
    private static final Pattern HEADER =
            Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*(.*?)[ \t]*");

    private final HttpConnection connection;
    private int left;

    HeadReader(HttpConnection connection, int maxBytes) {
        this.connection = connection;
        this.left = maxBytes;
    }

    /** The head of the answer proper, after those that are interim. */
    ResponseHead head() throws IOException {
        for (int interim = 0; interim <= MAX_INTERIM; interim++) {
            Matcher line = STATUS_LINE.matcher(line());
            if (!line.matches()) {
                throw new ProtocolException("the answer is not HTTP/1.1");
            }
            int status = Integer.parseInt(line.group(2));
            var head = new ResponseHead(status, line.group(1).equals("1"), headers());
            if (status >= 200) {
                return head;
            }
            if (status == 101) {
                throw new ProtocolException("the answer wants to be of another protocol");
            }
        }
        throw new ProtocolException("the answer has too many interim ones before it");
    }

    /**
     * Headers and the empty line after them. Several of a name are one, with commas, as RFC 9110
     * section 5.3 has it.
     */
    Map<String, String> headers() throws IOException {
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            Matcher header = HEADER.matcher(line);
            // lines that go on in the next one are obsolete, and one way to hide a header
            if (!header.matches()) {
                throw new ProtocolException("the answer has a line in its head that is no header");
            }
            headers.merge(
                    header.group(1).toLowerCase(Locale.ROOT),
                    header.group(2),
                    (one, other) -> one + ", " + other);
        }
        return headers;
    }

    private String line() throws IOException {
        String line = connection.line(left);
        left -= line.length() + HEADER_OVERHEAD;
        if (left < 0) {
            throw new ProtocolException("the answer has too long a head");
        }
        return line;
    }
}
