package dev.vigie.simulator;

import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** What a simulated log answers. */
public final class Answer {

    private final int status;
    private final byte[] wire;
    private final boolean gzip;

    private Answer(int status, byte[] wire, boolean gzip) {
        this.status = status;
        this.wire = wire;
        this.gzip = gzip;
    }

    static Answer ok(byte[] body) {
        return new Answer(200, body, false);
    }

    static Answer ok(String body) {
        return ok(body.getBytes(StandardCharsets.UTF_8));
    }

    /** Status 200, and a body that was compressed with {@link #gzip}. */
    static Answer okCompressed(byte[] gzip) {
        return new Answer(200, gzip, true);
    }

    static Answer refusal(int status, String reason) {
        return new Answer(status, reason.getBytes(StandardCharsets.UTF_8), false);
    }

    /** The same with another body, if there is one that was asked for. */
    Answer altered(UnaryOperator<byte[]> change) {
        if (status != 200) {
            return this;
        }
        return gzip
                ? okCompressed(gzip(change.apply(gunzip(wire))))
                : ok(change.apply(wire.clone()));
    }

    void send(HttpExchange exchange) throws IOException {
        if (gzip) {
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
        }
        exchange.sendResponseHeaders(status, wire.length == 0 ? -1 : wire.length);
        exchange.getResponseBody().write(wire);
    }

    static byte[] gzip(byte[] body) {
        var out = new ByteArrayOutputStream(body.length / 2);
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static byte[] gunzip(byte[] body) {
        try (var gzip = new GZIPInputStream(new ByteArrayInputStream(body))) {
            return gzip.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
