package dev.vigie.stream;

/** The line to one client. Everything but {@link #run} is called on the line's own thread. */
interface Outlet {

    /** Has something done on the line's own thread, soon; callable by any thread. */
    void run(Runnable work);

    /** Whether what was sent has not left yet, so that more would only pile up. */
    boolean isFull();

    /** Sends a message, a text of JSON in ASCII. */
    void send(String json);

    /** Sends the message that says only that the line is alive. */
    void beat(String json);

    /** Asks the client for a sign of life, which the listener is told of. */
    void probe(Listener listener);

    /** Ends it; says why if the protocol lets it. */
    void close(String reason);
}
