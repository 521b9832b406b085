package dev.vigie.audit;

import dev.vigie.hash.Sha256;
import io.quarkus.hibernate.orm.panache.Panache;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Writes down what was changed. */
@ApplicationScoped
public class AuditTrail {

    private static final int LONGEST = 1_000_000;
    private static final int LONGEST_NAME = 300;
    private static final int LONGEST_WORD = 100;

    private final InstantSource clock;

    AuditTrail(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * A change.
     *
     * @param address where the request came from
     * @param subject path of what was changed
     * @param before as JSON and without secrets; null if there was nothing
     * @param after the same, of what there is now
     */
    public record Change(
            String actor,
            String address,
            @Nullable UUID teamId,
            String action,
            String subject,
            @Nullable String before,
            @Nullable String after) {}

    /** The end of the chain; an empty hash if there is nothing. */
    public record Head(long position, String hash) {}

    /** Notes a change, as the last thing in its transaction: changes come one after the other. */
    @Transactional(Transactional.TxType.MANDATORY)
    public void note(Change change) {
        // whoever holds the head must not wait for others, who might wait for it
        Panache.getSession().flush();
        AuditHead head = AuditHead.findById(AuditHead.ONLY, LockModeType.PESSIMISTIC_WRITE);
        var entry = new AuditEntry();
        entry.position = head.position + 1;
        entry.at = clock.instant();
        entry.actor = start(change.actor, LONGEST_NAME);
        entry.address = start(change.address, LONGEST_WORD);
        entry.teamId = change.teamId;
        entry.action = start(change.action, LONGEST_WORD);
        entry.subject = start(change.subject, LONGEST_NAME);
        entry.before = bounded(change.before);
        entry.after = bounded(change.after);
        entry.hash = AuditHash.of(head.hash, entry.content());
        entry.persist();
        head.position = entry.position;
        head.hash = entry.hash;
    }

    private static String start(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length);
    }

    /** What would be too long is there as its hash. */
    private static @Nullable String bounded(@Nullable String json) {
        return json == null || json.length() <= LONGEST
                ? json
                : "{\"sha256\":\"%s\"}"
                        .formatted(Sha256.hash(json.getBytes(StandardCharsets.UTF_8)));
    }

    /** The last entry. */
    @Transactional
    public Head head() {
        AuditHead head = AuditHead.findById(AuditHead.ONLY);
        return new Head(head.position, head.hash);
    }
}
