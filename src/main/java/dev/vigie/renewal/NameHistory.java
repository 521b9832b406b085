package dev.vigie.renewal;

import dev.vigie.match.Match;
import dev.vigie.match.Sighting;
import dev.vigie.match.StoredCertificate;
import dev.vigie.rule.RuleKind;
import dev.vigie.watchlist.StoredRule;
import dev.vigie.watchlist.Watchlist;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Notes, match by match in their order, which certificate of each name ends last. Needs a
 * transaction.
 */
@ApplicationScoped
class NameHistory {

    private static final int MATCHES_AT_ONCE = 500;
    private static final Set<RuleKind> OF_OWN_NAMES = Set.of(RuleKind.EXACT, RuleKind.DOMAIN);

    /** What happened longer ago is no news. */
    private static final Duration NEWS = Duration.ofDays(7);

    /**
     * A certificate of another issuer than before.
     *
     * @param names that have it
     */
    record OtherIssuer(StoredCertificate certificate, String before, List<String> names) {}

    /**
     * What a look found.
     *
     * @param isUpToDate whether there is nothing left to look at
     */
    record Look(boolean isUpToDate, List<OtherIssuer> otherIssuers) {}

    /**
     * Looks at some more matches of a watchlist, which is locked.
     *
     * @param until later ones are left alone: transactions that began before may not have ended
     */
    Look lookOn(Watchlist watchlist, Instant until) {
        List<Match> matches = next(watchlist, until);
        List<OtherIssuer> others = new ArrayList<>();
        for (Match match : matches) {
            StoredRule rule = StoredRule.findById(match.ruleId);
            if (rule != null) {
                note(watchlist, rule, match, until).ifPresent(others::add);
            }
        }
        if (!matches.isEmpty()) {
            Match last = matches.getLast();
            // not through the entity, whose version is for changes that people make
            Watchlist.update(
                    "renewalTime = ?1, renewalMatch = ?2 where id = ?3",
                    last.firstSeen,
                    last.id,
                    watchlist.id);
        }
        return new Look(matches.size() < MATCHES_AT_ONCE, others);
    }

    private static List<Match> next(Watchlist watchlist, Instant until) {
        String them = "watchlistId = ?1 and firstSeen < ?2";
        String order = " order by firstSeen, id";
        return (watchlist.renewalTime == null
                        ? Match.<Match>find(them + order, watchlist.id, until)
                        : Match.<Match>find(
                                them
                                        + " and (firstSeen > ?3 or firstSeen = ?3 and id > ?4)"
                                        + order,
                                watchlist.id,
                                until,
                                watchlist.renewalTime,
                                watchlist.renewalMatch))
                .page(0, MATCHES_AT_ONCE)
                .list();
    }

    private static Optional<OtherIssuer> note(
            Watchlist watchlist, StoredRule rule, Match match, Instant now) {
        Optional<StoredCertificate> seen = StoredCertificate.ofIssuance(match.tbsSha256);
        if (seen.isEmpty()) {
            return Optional.empty();
        }
        StoredCertificate certificate = seen.get();
        Instant issuedAt = issuedAt(certificate, match);
        List<String> renamed = new ArrayList<>();
        String before = "";
        for (String name : match.names) {
            if (!OF_OWN_NAMES.contains(rule.kind) && !watchlist.canaryNames.contains(name)) {
                continue;
            }
            Optional<WatchedName> known = WatchedName.of(watchlist.id, name);
            WatchedName noted = known.orElseGet(() -> added(watchlist.id, name));
            // logs lag behind each other, so a little older is not old
            boolean isOld = issuedAt.isBefore(noted.seenAt.minus(NEWS));
            if (!isOld && isOther(noted.issuer, certificate.issuer)) {
                before = String.valueOf(noted.issuer);
                renamed.add(name);
            }
            if (!issuedAt.isBefore(noted.seenAt)) {
                noted.issuer = certificate.issuer;
                noted.seenAt = issuedAt;
            }
            note(noted, rule, certificate);
        }
        boolean isNews = issuedAt.isAfter(now.minus(NEWS));
        return renamed.isEmpty() || !watchlist.issuerChanges || !isNews
                ? Optional.empty()
                : Optional.of(new OtherIssuer(certificate, before, renamed));
    }

    /** Logs are given, and rescans find, certificates that are years old. */
    private static Instant issuedAt(StoredCertificate certificate, Match match) {
        Instant logged =
                Sighting.firstTime(certificate.tbsSha256)
                        .filter(match.firstSeen::isAfter)
                        .orElse(match.firstSeen);
        Instant begin = certificate.notBefore;
        return begin != null && begin.isBefore(logged.minus(NEWS)) ? begin : logged;
    }

    private static boolean isOther(@Nullable String before, @Nullable String now) {
        return before != null
                && now != null
                && !IssuerName.organisation(before).equals(IssuerName.organisation(now));
    }

    private static WatchedName added(UUID watchlistId, String name) {
        var added = new WatchedName();
        added.watchlistId = watchlistId;
        added.name = name;
        added.seenAt = Instant.EPOCH;
        return added;
    }

    private static void note(WatchedName name, StoredRule rule, StoredCertificate certificate) {
        name.ruleId = rule.id;
        Instant end = certificate.notAfter;
        if (name.tbsSha256 == null
                || end != null && (name.notAfter == null || end.isAfter(name.notAfter))) {
            name.tbsSha256 = certificate.tbsSha256;
            name.notAfter = end;
        }
        name.persist();
    }
}
