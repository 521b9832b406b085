package dev.vigie.net.http;

import java.io.IOException;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** All sockets there are, so that all can be closed, whatever is being done with them. */
final class OpenSockets implements AutoCloseable {

    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /**
     * @throws IOException if this is closed, and then the socket is, too
     */
    void add(Socket socket) throws IOException {
        sockets.add(socket);
        if (closed) {
            close(socket);
        }
        checkOpen();
    }

    /**
     * @throws IOException if this is closed
     */
    void checkOpen() throws IOException {
        if (closed) {
            throw new IOException("no more is asked for, this is being closed");
        }
    }

    void close(Socket socket) {
        sockets.remove(socket);
        closeQuietly(socket);
    }

    /** Ends what is being done with the socket, by whatever thread. */
    static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // it is being given up anyway
        }
    }

    int size() {
        return sockets.size();
    }

    @Override
    public void close() {
        closed = true;
        sockets.forEach(this::close);
    }
}
