package dev.vigie.match;

import dev.vigie.ct.EntryRange;
import dev.vigie.database.StringListConverter;
import dev.vigie.hash.Sha256;
import dev.vigie.watchlist.Severity;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.annotations.DynamicUpdate;
import org.jspecify.annotations.Nullable;

/** A rule met an issuance: once, in however many logs and forms it turns up. */
@Entity
@DynamicUpdate
@Table(name = "rule_match")
public class Match extends PanacheEntityBase {

    /** Those that people may see. */
    static final String OF_USERS =
            "watchlistId not in (select w.id from Watchlist w where w.internal)";

    @Id public UUID id;
    public UUID watchlistId;
    public UUID ruleId;
    public byte[] tbsSha256;

    @Convert(converter = StringListConverter.class)
    public List<String> names;

    public int nameCount;

    @Convert(converter = StringListConverter.class)
    public List<String> reasons;

    @Enumerated(EnumType.STRING)
    public Severity severity;

    @Enumerated(EnumType.STRING)
    public MatchStatus status;

    public Instant firstSeen;
    public boolean proven;
    public long ruleSetVersion;
    public @Nullable String comment;
    public @Nullable String assignee;
    @Version public int version;

    /** One that people may see. */
    static Optional<Match> ofUsers(UUID id) {
        return find("id = ?1 and " + OF_USERS, id).firstResultOptional();
    }

    /** The id that a match of this rule and issuance has, before it exists and ever after. */
    public static UUID idOf(UUID ruleId, Sha256 tbsSha256) {
        return NameBasedId.of(ruleId, tbsSha256.bytes());
    }

    /** Logs have proven that they contain these, as they were found. */
    public static void prove(List<UUID> matches) {
        update("proven = true where proven = false and id in ?1", matches);
    }

    /** The log has proven that it contains these entries; what was found in them is proven now. */
    public static void prove(String logId, EntryRange entries) {
        update(
                "proven = true where proven = false and tbsSha256 in"
                        + " (select s.tbsSha256 from Sighting s where s.logId = ?1"
                        + " and s.leafIndex >= ?2 and s.leafIndex < ?3)",
                logId,
                entries.start(),
                entries.end());
    }
}
