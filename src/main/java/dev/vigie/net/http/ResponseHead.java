package dev.vigie.net.http;

import java.io.IOException;
import java.net.ProtocolException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** Status and headers. */
public final class ResponseHead {

    private static final Pattern COMMA = Pattern.compile("[ \t]*,[ \t]*");
    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,19}");

    private final int status;
    private final boolean isHttp11;
    private final Map<String, String> headers;

    /**
     * @param isHttp11 or else 1.0
     * @param headers names in lower case
     */
    ResponseHead(int status, boolean isHttp11, Map<String, String> headers) {
        this.status = status;
        this.isHttp11 = isHttp11;
        this.headers = headers;
    }

    /** From 200 to 599. */
    public int status() {
        return status;
    }

    /**
     * @param name in lower case
     * @return all of that name, with commas
     */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /**
     * The length of the body, if it is told.
     *
     * @throws ProtocolException if it is no number, or more than one
     */
    public OptionalLong contentLength() throws ProtocolException {
        String length = headers.get("content-length");
        if (length == null) {
            return OptionalLong.empty();
        }
        String[] said = COMMA.split(length, -1);
        if (!DIGITS.matcher(said[0]).matches()
                || Arrays.stream(said).anyMatch(other -> !other.equals(said[0]))) {
            throw new ProtocolException("the answer has a length that is none");
        }
        try {
            return OptionalLong.of(Long.parseLong(said[0]));
        } catch (NumberFormatException e) {
            throw new ProtocolException("the answer has a length that is none");
        }
    }

    /** How the end of the body is known (RFC 9112 section 6.3). */
    BodyFraming framing(HttpConnection connection) throws IOException {
        OptionalLong length = contentLength();
        String coding = headers.get("transfer-encoding");
        if (coding != null) {
            if (!coding.equalsIgnoreCase("chunked") || !isHttp11) {
                throw new ProtocolException("the answer has an unknown transfer coding");
            }
            if (length.isPresent()) {
                throw new ProtocolException("the answer has a length and is chunked");
            }
        }
        if (hasNoBody()) {
            return new BodyFraming.OfLength(connection, 0);
        }
        if (coding != null) {
            return new BodyFraming.Chunked(connection);
        }
        return length.isPresent()
                ? new BodyFraming.OfLength(connection, length.getAsLong())
                : new BodyFraming.UntilClose(connection);
    }

    private boolean hasNoBody() {
        return status == 204 || status == 304;
    }

    /** Whether the connection can be used again after the body. */
    boolean keepsConnection() {
        // those without body may be followed by one from servers that err
        return isHttp11
                && !hasNoBody()
                && COMMA.splitAsStream(header("connection").orElse(""))
                        .noneMatch(option -> option.toLowerCase(Locale.ROOT).equals("close"));
    }
}
