package dev.vigie.testing;

import com.sun.net.httpserver.HttpServer;
import dev.vigie.ct.DataTile;
import dev.vigie.ct.TreeHead;
import dev.vigie.ct.client.StaticCtClient;
import dev.vigie.ct.loglist.KnownLog;
import dev.vigie.ct.loglist.LogProtocol;
import dev.vigie.ct.loglist.LogState;
import dev.vigie.ct.merkle.MerkleHasher;
import dev.vigie.hash.Sha256;
import dev.vigie.simulator.LogSigner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The four full tiles of a real static log, served over HTTP with a checkpoint that the test signs.
 */
public final class RealSlice implements AutoCloseable {

    /** Entries in it. */
    public static final int SIZE = 4 * DataTile.WIDTH;

    private final LogSigner signer = LogSigner.ecdsa();
    private final HttpServer server;
    private final Path folder;

    /** Where the slice is on this machine, if it is there. */
    public static Optional<Path> folder() {
        return SharedData.directory()
                .map(data -> data.resolve("tiles/navigli2025h2"))
                .filter(Files::isDirectory);
    }

    public RealSlice(Path folder) {
        this.folder = folder;
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext(
                "/",
                exchange -> {
                    try (exchange) {
                        Path file = folder.resolve(exchange.getRequestURI().getPath().substring(1));
                        boolean isCheckpoint = file.endsWith("checkpoint");
                        if (!isCheckpoint && !Files.isRegularFile(file)) {
                            exchange.sendResponseHeaders(404, -1);
                            return;
                        }
                        byte[] body = isCheckpoint ? checkpoint() : Files.readAllBytes(file);
                        exchange.sendResponseHeaders(200, body.length);
                        exchange.getResponseBody().write(body);
                    }
                });
        server.start();
    }

    private URI url() {
        return URI.create("http://127.0.0.1:%d/".formatted(server.getAddress().getPort()));
    }

    private byte[] checkpoint() throws IOException {
        var head = new TreeHead(SIZE, root());
        return signer.checkpoint(StaticCtClient.origin(url()), head, 1_750_000_000_000L)
                .getBytes(StandardCharsets.UTF_8);
    }

    private Sha256 root() throws IOException {
        List<Sha256> level = new ArrayList<>();
        for (int tile = 0; tile < 4; tile++) {
            byte[] hashes = Files.readAllBytes(folder.resolve("tile/0/%03d".formatted(tile)));
            for (int i = 0; i < DataTile.WIDTH; i++) {
                level.add(Sha256.at(hashes, i * Sha256.LENGTH));
            }
        }
        var hasher = new MerkleHasher();
        while (level.size() > 1) {
            List<Sha256> above = new ArrayList<>();
            for (int i = 0; i < level.size(); i += 2) {
                above.add(hasher.node(level.get(i), level.get(i + 1)));
            }
            level = above;
        }
        return level.getFirst();
    }

    /** The key of the log, DER. */
    public byte[] spki() {
        return signer.spki();
    }

    /** The log as a list would name it. */
    public KnownLog log() {
        return new KnownLog(
                signer.publicKey(),
                "real slice",
                "test",
                LogProtocol.STATIC,
                url(),
                url(),
                LogState.USABLE,
                Optional.empty(),
                Duration.ofMinutes(1),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
