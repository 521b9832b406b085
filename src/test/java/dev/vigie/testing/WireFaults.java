package dev.vigie.testing;

import dev.vigie.testing.FaultyFront.Fault;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPOutputStream;

/** What servers make of HTTP. */
public final class WireFaults {

    private static final long LONGER_THAN_ANY_TEST = 600_000;
    private static final byte[] BOMB = gzip(80 << 20);

    private WireFaults() {}

    /** These bytes, one for each character, and nothing else. */
    public static Fault saying(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        return exchange -> exchange.out().write(bytes);
    }

    /** These bytes, and then nothing, while the connection stays. */
    public static Fault hanging(String text) {
        return exchange -> {
            saying(text).answer(exchange);
            Thread.sleep(LONGER_THAN_ANY_TEST);
        };
    }

    /** A whole answer. */
    public static Fault status(String status, String headers, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return exchange -> exchange.say(status, headers, bytes);
    }

    /** The right answer with another body, uncompressed. */
    public static Fault body(UnaryOperator<byte[]> change) {
        return body("", change);
    }

    /** The same with further headers. */
    public static Fault body(String headers, UnaryOperator<byte[]> change) {
        return exchange ->
                exchange.say("200 OK", headers, change.apply(FaultyFront.body(exchange.right())));
    }

    /** The right answer, compressed, and changed after that. */
    public static Fault gzipped(UnaryOperator<byte[]> change) {
        return body("Content-Encoding: gzip\r\n", body -> change.apply(gzip(body)));
    }

    /** The right body behind a length of the server's own making. */
    public static Fault length(UnaryOperator<String> length) {
        return exchange -> {
            byte[] body = FaultyFront.body(exchange.right());
            exchange.out()
                    .write(
                            "HTTP/1.1 200 OK\r\nContent-Length: %s\r\n\r\n"
                                    .formatted(length.apply(String.valueOf(body.length)))
                                    .getBytes(StandardCharsets.ISO_8859_1));
            exchange.out().write(body);
        };
    }

    /** A byte, and another one after a while. */
    public static Fault dripping() {
        return exchange -> {
            OutputStream out = exchange.out();
            saying("HTTP/1.1 200 OK\r\nContent-Length: 10000\r\n\r\n").answer(exchange);
            for (int i = 0; i < 10_000; i++) {
                out.write(' ');
                Thread.sleep(40);
            }
        };
    }

    /** A body that goes on and on. */
    public static Fault endless() {
        byte[] chunk =
                ("4000\r\n" + " ".repeat(0x4000) + "\r\n").getBytes(StandardCharsets.US_ASCII);
        return exchange -> {
            saying("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n").answer(exchange);
            while (!Thread.currentThread().isInterrupted()) {
                exchange.out().write(chunk);
            }
        };
    }

    /** 80 KiB that become 80 MiB. */
    public static Fault bomb() {
        return exchange -> exchange.say("200 OK", "Content-Encoding: gzip\r\n", BOMB);
    }

    /** The connection is reset. */
    public static Fault reset() {
        return FaultyFront.Exchange::reset;
    }

    /** Compresses. */
    public static byte[] gzip(byte[] body) {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static byte[] gzip(int zeros) {
        return gzip(new byte[zeros]);
    }
}
