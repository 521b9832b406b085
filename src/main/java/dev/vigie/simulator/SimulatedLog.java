package dev.vigie.simulator;

import dev.vigie.ct.DataTile;
import dev.vigie.ct.LogId;
import dev.vigie.ct.TreeHead;
import dev.vigie.ct.loglist.LogProtocol;
import dev.vigie.ct.merkle.MerkleHasher;
import dev.vigie.hash.Sha256;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** A log that keeps every promise of its protocol. Safe for use by many threads. */
public final class SimulatedLog {

    private final String name;
    private final LogProtocol protocol;
    private final LogSigner signer;
    private final CertificateMaker ca;
    private final InstantSource clock;
    private final List<Entry> entries = new ArrayList<>();
    private final MerkleTree tree = new MerkleTree();
    private final MerkleHasher hasher = new MerkleHasher();

    /**
     * @param leaf as the tree hash covers it; in a data tile without its two leading bytes
     * @param extra as get-entries has it or, of a static log, what follows the leaf in a data tile
     */
    private record Entry(byte[] leaf, byte[] extra) {}

    /**
     * @param name a path segment; also what the log is called
     * @param ca issues what is added to the log
     */
    public SimulatedLog(
            String name,
            LogProtocol protocol,
            LogSigner signer,
            CertificateMaker ca,
            InstantSource clock) {
        this.name = name;
        this.protocol = protocol;
        this.signer = signer;
        this.ca = ca;
        this.clock = clock;
    }

    public String name() {
        return name;
    }

    public LogProtocol protocol() {
        return protocol;
    }

    public LogSigner signer() {
        return signer;
    }

    public LogId id() {
        return signer.publicKey().id();
    }

    /** The CA's certificate, which a static log serves as an issuer. */
    public byte[] issuer() {
        return ca.issuer();
    }

    /** Issues a certificate for the names and logs its precertificate; returns the leaf index. */
    public long addPrecert(List<String> dnsNames) {
        return addPrecert(ca.issue(dnsNames, clock.instant()));
    }

    /** Logs a precertificate. */
    public long addPrecert(CertificateMaker.Issuance issuance) {
        byte[] head = concat(ca.issuerKeyHash().bytes(), opaque(3, issuance.tbs()));
        byte[] precertificate = opaque(3, issuance.precertificate());
        return add(1, head, precertificate);
    }

    /** Logs a certificate, or whatever bytes are given in its place. */
    public long addX509(byte[] certificate) {
        return add(0, opaque(3, certificate), new byte[0]);
    }

    private synchronized long add(int type, byte[] certificate, byte[] precertificate) {
        long index = entries.size();
        byte[] extension =
                protocol == LogProtocol.STATIC
                        ? ByteBuffer.allocate(8)
                                .put((byte) 0)
                                .putShort((short) 5)
                                .put((byte) (index >> 32))
                                .putInt((int) index)
                                .array()
                        : new byte[0];
        byte[] leaf =
                concat(
                        ByteBuffer.allocate(12)
                                .putShort((short) 0)
                                .putLong(clock.millis())
                                .putShort((short) type)
                                .array(),
                        certificate,
                        opaque(2, extension));
        byte[] chain =
                protocol == LogProtocol.STATIC
                        ? opaque(2, Sha256.hash(ca.issuer()).bytes())
                        : opaque(3, opaque(3, ca.issuer()));
        return add(new Entry(leaf, concat(precertificate, chain)));
    }

    private synchronized long add(Entry entry) {
        tree.append(hasher.leaf(entry.leaf()));
        entries.add(entry);
        return entries.size() - 1L;
    }

    /**
     * Logs an entry as it is.
     *
     * @param leafInput the whole leaf; of a static log, nobody sees its two leading bytes
     * @param extraData as get-entries has it or, of a static log, what follows the leaf in a tile
     */
    public long addRaw(byte[] leafInput, byte[] extraData) {
        return add(new Entry(leafInput.clone(), extraData.clone()));
    }

    public synchronized long size() {
        return entries.size();
    }

    /** The tree head at an earlier or the present size. */
    public synchronized TreeHead head(long size) {
        return new TreeHead(size, tree.root(size));
    }

    /** The body of get-sth, or the checkpoint. */
    public String treeHead(String origin) {
        return signedHead(origin, head(size()), clock.instant());
    }

    /** As {@link #treeHead}, for whatever the log is made to sign. */
    public String signedHead(String origin, TreeHead head, Instant time) {
        return protocol == LogProtocol.STATIC
                ? signer.checkpoint(origin, head, time.toEpochMilli())
                : signer.sth(head, time.toEpochMilli());
    }

    /**
     * A log with the same name, the same key and the same first entries, which can grow in another
     * way. No honest log has one.
     */
    public synchronized SimulatedLog fork(long atSize) {
        var fork = new SimulatedLog(name, protocol, signer, ca, clock);
        for (int i = 0; i < atSize; i++) {
            fork.tree.append(tree.subtree(0, i));
            fork.entries.add(entries.get(i));
        }
        return fork;
    }

    /** What is at this place at the bottom of the tree. */
    public synchronized Sha256 leafHash(long index) {
        return tree.subtree(0, index);
    }

    /** Index of the first leaf with this hash, or -1. */
    synchronized long indexOf(Sha256 leafHash) {
        return tree.indexOf(leafHash);
    }

    synchronized List<Sha256> inclusion(long index, long size) {
        return tree.inclusion(index, size);
    }

    synchronized List<Sha256> consistency(long m, long n) {
        return tree.consistency(m, n);
    }

    /** The two members that get-entries and get-entry-and-proof have of an entry. */
    synchronized String entry(long index) {
        Entry entry = entries.get((int) index);
        Base64.Encoder base64 = Base64.getEncoder();
        return "\"leaf_input\":\"%s\",\"extra_data\":\"%s\""
                .formatted(
                        base64.encodeToString(entry.leaf()), base64.encodeToString(entry.extra()));
    }

    /** The body of get-entries for {@code [start, end)}. */
    synchronized byte[] getEntries(long start, long end) {
        var body = new StringBuilder("{\"entries\":[");
        for (long i = start; i < end; i++) {
            body.append(i == start ? "{" : ",{").append(entry(i)).append('}');
        }
        return ascii(body.append("]}").toString());
    }

    /** The data tile with this number and so many entries. */
    synchronized byte[] dataTile(long tile, int width) {
        var body = new ByteArrayOutputStream();
        int first = (int) tile * DataTile.WIDTH;
        for (Entry entry : entries.subList(first, first + width)) {
            body.write(entry.leaf(), 2, entry.leaf().length - 2);
            body.writeBytes(entry.extra());
        }
        return body.toByteArray();
    }

    /** The hash tile at this level with so many hashes. */
    synchronized byte[] hashTile(int level, long tile, int width) {
        var body = new ByteArrayOutputStream();
        for (int i = 0; i < width; i++) {
            body.writeBytes(tree.subtree(8 * level, tile * DataTile.WIDTH + i).bytes());
        }
        return body.toByteArray();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] opaque(int lengthBytes, byte[] content) {
        byte[] all = new byte[lengthBytes + content.length];
        for (int i = 0; i < lengthBytes; i++) {
            all[i] = (byte) (content.length >> 8 * (lengthBytes - 1 - i));
        }
        System.arraycopy(content, 0, all, lengthBytes, content.length);
        return all;
    }

    private static byte[] concat(byte[]... parts) {
        var all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
