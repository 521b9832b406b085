package dev.vigie.audit;

import dev.vigie.database.TimeOrder;
import dev.vigie.team.Reach;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import io.quarkus.panache.common.Parameters;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** One change. */
@Entity
@Immutable
public class AuditEntry extends PanacheEntityBase {

    private static final int TIMEOUT_MILLIS = 5_000;

    /** From 1 on, without holes. */
    @Id public long position;

    public Instant at;
    public String actor;
    public String address;

    /** Whose business it is; null if it is that of those who see all. */
    public @Nullable UUID teamId;

    public String action;

    /** The path of what was changed. */
    public String subject;

    /** What there was, as JSON and without secrets. */
    @Column(name = "before_change")
    public @Nullable String before;

    /** What there is now. */
    @Column(name = "after_change")
    public @Nullable String after;

    /** By {@link AuditHash}. */
    public String hash;

    /** What the hash covers, beside the hash before. */
    public AuditHash.Content content() {
        return new AuditHash.Content(
                position, at, actor, address, teamId, action, subject, before, after);
    }

    /**
     * Which entries; null means any.
     *
     * @param subject the beginning of the path
     */
    public record Filter(
            @Nullable String actor,
            @Nullable String subject,
            @Nullable Instant since,
            @Nullable Instant until) {}

    /**
     * Those within reach.
     *
     * @param after the position behind which it begins, in the order asked for; null for all
     */
    public static List<AuditEntry> page(
            Reach reach, Filter filter, TimeOrder order, @Nullable Long after, int limit) {
        var conditions = new StringBuilder(reach.over("teamId"));
        Parameters parameters = reach.parameters();
        if (filter.actor != null) {
            conditions.append(" and actor = :actor");
            parameters.and("actor", filter.actor);
        }
        if (filter.subject != null) {
            conditions.append(" and left(subject, :length) = :subject");
            parameters.and("subject", filter.subject).and("length", filter.subject.length());
        }
        if (filter.since != null) {
            conditions.append(" and at >= :since");
            parameters.and("since", filter.since);
        }
        if (filter.until != null) {
            conditions.append(" and at < :until");
            parameters.and("until", filter.until);
        }
        if (after != null) {
            conditions.append(" and ").append(order.behind("position", "after"));
            parameters.and("after", after);
        }
        return find(conditions + order.by("position"), parameters)
                .withHint("jakarta.persistence.query.timeout", TIMEOUT_MILLIS)
                .range(0, limit - 1)
                .list();
    }
}
