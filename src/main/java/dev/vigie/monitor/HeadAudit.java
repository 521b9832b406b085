package dev.vigie.monitor;

import dev.vigie.ct.LogMisbehaviorException;
import dev.vigie.ct.SignedTreeHead;
import dev.vigie.ct.client.LogClient;
import dev.vigie.ct.merkle.MerkleHasher;
import dev.vigie.hash.Sha256;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Holds every tree head that a log shows against those it has shown before. Heads that are old, or
 * come in any order, are what replicas and caches make of an honest log; heads that exclude each
 * other are not. Belongs to one thread.
 */
final class HeadAudit {

    private static final int MOST_HEADS = 256;

    private final LogIncidents incidents;
    private final MerkleHasher hasher = new MerkleHasher();

    /** Heads that are known to be of our branch, by size. */
    private final Map<Long, SignedTreeHead> known =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Long, SignedTreeHead> eldest) {
                    return size() > MOST_HEADS;
                }
            };

    private @Nullable SignedTreeHead largest;
    private @Nullable SignedTreeHead unprovable;

    HeadAudit(LogIncidents incidents) {
        this.incidents = incidents;
    }

    /** The log has shown this head. */
    void saw(SignedTreeHead head, LogClient client, @Nullable ProvenHead proven)
            throws InterruptedException {
        SignedTreeHead same = known.get(head.size());
        if (same != null) {
            compare(head, same.head().root(), same.text());
        } else if (proven != null && proven.size() == head.size()) {
            compare(head, proven.head().root(), proven.text());
        } else if (proven != null && head.size() < proven.size()) {
            prove(head, client, proven);
        } else {
            known.put(head.size(), head); // the entries will show whether it is right
        }
        if (largest == null || head.size() > largest.size()) {
            largest = head;
        } else if (head.size() < largest.size() && head.timestamp() > largest.timestamp()) {
            incidents.rolledBack(
                    largest.size(),
                    "The log signed a tree of %d entries, and later one of %d entries."
                            .formatted(largest.size(), head.size()),
                    largest.text(),
                    head.text());
        }
    }

    private void compare(SignedTreeHead head, Sha256 root, String text) {
        if (head.head().root().equals(root)) {
            known.put(head.size(), head);
            return;
        }
        incidents.forked(
                head.size(),
                "The log has signed two different trees of %d entries.".formatted(head.size()),
                text,
                head.text());
    }

    /** A head that we have not seen when it was new; the log can prove that it was. */
    private void prove(SignedTreeHead head, LogClient client, ProvenHead proven)
            throws InterruptedException {
        try {
            Sha256 root = client.rangeAt(head.size(), proven.head()).root(hasher);
            unprovable = null;
            if (root.equals(head.head().root())) {
                known.put(head.size(), head);
            } else {
                forked(head, proven);
            }
        } catch (LogMisbehaviorException e) {
            // twice in a row is no accident on the way: the log stands by another tree
            if (unprovable != null) {
                forked(head, proven);
            }
            unprovable = head;
        } catch (IOException e) {
            unprovable = null; // it will be shown again
        }
    }

    private void forked(SignedTreeHead head, ProvenHead proven) {
        incidents.forked(
                head.size(),
                "The log has signed a tree of %d entries that is not contained in its tree of %d."
                        .formatted(head.size(), proven.size()),
                proven.text(),
                head.text());
    }
}
