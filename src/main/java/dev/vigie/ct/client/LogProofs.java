package dev.vigie.ct.client;

import dev.vigie.ct.LogMisbehaviorException;
import dev.vigie.hash.Sha256;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Asks a log for proofs (RFC 6962 sections 4.4, 4.5 and 4.7). What it says is not yet verified. */
final class LogProofs {

    private static final int MAX_PROOF_BYTES = 1 << 16;

    /** The entry itself comes with its proof. */
    private static final int MAX_ENTRY_BYTES = 32 << 20;

    private final LogHttp http;
    private final URI prefix;

    /**
     * @param leafIndex where the log says that the leaf is
     * @param path its siblings, the lowest first
     */
    record Inclusion(long leafIndex, List<Sha256> path) {}

    /** An entry's leaf and its siblings, the lowest first. */
    record Entry(byte[] leafInput, List<Sha256> path) {
        @Override
        public String toString() {
            return "leaf of " + leafInput.length + " bytes, path " + path;
        }
    }

    /**
     * @param prefix the log's URL with {@code ct/v1/}
     */
    LogProofs(LogHttp http, URI prefix) {
        this.http = http;
        this.prefix = prefix;
    }

    /** The proof that the tree of the second size begins with that of the first. */
    List<Sha256> consistency(long first, long second)
            throws IOException, InterruptedException, LogMisbehaviorException {
        return ask("get-sth-consistency?first=" + first + "&second=" + second, MAX_PROOF_BYTES)
                .hashes("consistency");
    }

    /** Where in the tree of this size a leaf with this hash is. */
    Inclusion byHash(Sha256 leafHash, long treeSize)
            throws IOException, InterruptedException, LogMisbehaviorException {
        String hash = URLEncoder.encode(leafHash.base64(), StandardCharsets.US_ASCII);
        JsonAnswer answer =
                ask("get-proof-by-hash?hash=" + hash + "&tree_size=" + treeSize, MAX_PROOF_BYTES);
        return new Inclusion(answer.number("leaf_index"), answer.hashes("audit_path"));
    }

    /** The entry with this index in the tree of this size. */
    Entry entry(long index, long treeSize)
            throws IOException, InterruptedException, LogMisbehaviorException {
        JsonAnswer answer =
                ask(
                        "get-entry-and-proof?leaf_index=" + index + "&tree_size=" + treeSize,
                        MAX_ENTRY_BYTES);
        return new Entry(answer.bytes("leaf_input"), answer.hashes("audit_path"));
    }

    private JsonAnswer ask(String question, int maxBytes)
            throws IOException, InterruptedException, LogMisbehaviorException {
        return JsonAnswer.parse(
                question.substring(0, question.indexOf('?')),
                http.get(prefix.resolve(question), maxBytes));
    }
}
