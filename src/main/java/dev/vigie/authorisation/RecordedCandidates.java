package dev.vigie.authorisation;

import dev.vigie.hash.Sha256;
import dev.vigie.match.Match;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads matches that nobody has decided about, with what they can be authorised by. */
final class RecordedCandidates {

    private static final int CHUNK = 500;

    private static final String MATCHES =
            "select m.id, m.watchlistId, m.names, m.nameCount, m.firstSeen, m.tbsSha256"
                    + " from Match m where m.status = NEW and ";

    private RecordedCandidates() {}

    static List<Candidate> of(Collection<UUID> matchIds) {
        List<UUID> ids = List.copyOf(matchIds);
        List<Candidate> candidates = new ArrayList<>();
        for (int from = 0; from < ids.size(); from += CHUNK) {
            List<Object[]> rows =
                    database()
                            .createQuery(MATCHES + "m.id in :ids", Object[].class)
                            .setParameter("ids", ids.subList(from, end(from, ids.size())))
                            .getResultList();
            Map<Sha256, Set<Mark>> marks = marks(rows);
            rows.forEach(
                    row -> candidates.add(candidate(row, marks.getOrDefault(tbs(row), Set.of()))));
        }
        return candidates;
    }

    /** By parts, since an issuer can have any number. */
    static List<UUID> coveredBy(Authorisation authorisation) {
        List<UUID> covered = new ArrayList<>();
        Set<Mark> marks = Set.of(authorisation.mark());
        UUID after = null;
        List<Object[]> rows;
        do {
            rows = page(authorisation, after);
            for (Object[] row : rows) {
                Candidate match = candidate(row, marks);
                if (authorisation.covers(match)) {
                    covered.add(match.matchId());
                }
                after = match.matchId();
            }
        } while (rows.size() == CHUNK);
        return covered;
    }

    private static List<Object[]> page(Authorisation authorisation, @Nullable UUID after) {
        var query =
                database()
                        .createQuery(
                                MATCHES
                                        + "m.watchlistId = :watchlist and "
                                        + condition(authorisation.kind)
                                        + (after == null ? "" : " and m.id > :after")
                                        + " order by m.id",
                                Object[].class)
                        .setParameter("watchlist", authorisation.watchlistId)
                        .setMaxResults(CHUNK);
        boolean hex =
                authorisation.kind == AuthorisationKind.SPKI
                        || authorisation.kind == AuthorisationKind.ISSUER_KEY;
        query.setParameter(
                "hash", hex ? authorisation.mark().sha256().toString() : authorisation.sha256);
        if (after != null) {
            query.setParameter("after", after);
        }
        return query.getResultList();
    }

    private static String condition(AuthorisationKind kind) {
        String issuances = "m.tbsSha256 in (select c.tbsSha256 from StoredCertificate c where %s)";
        return switch (kind) {
            case TBS -> "m.tbsSha256 = :hash";
            case CERTIFICATE -> issuances.formatted("c.sha256 = :hash");
            case SPKI -> issuances.formatted("c.spkiSha256 = :hash");
            case ISSUER_KEY -> issuances.formatted("c.issuerKeyHash = :hash and c.precertificate");
        };
    }

    private static Map<Sha256, Set<Mark>> marks(List<Object[]> matches) {
        Map<Sha256, Set<Mark>> marks = new HashMap<>();
        List<byte[]> issuances = matches.stream().map(row -> tbs(row).bytes()).toList();
        if (issuances.isEmpty()) {
            return marks;
        }
        database()
                .createQuery(
                        "select c.tbsSha256, c.sha256, c.precertificate, c.spkiSha256,"
                                + " c.issuerKeyHash from StoredCertificate c"
                                + " where c.tbsSha256 in :issuances",
                        Object[].class)
                .setParameter("issuances", issuances)
                .getResultList()
                .forEach(row -> add(marks, row));
        return marks;
    }

    private static void add(Map<Sha256, Set<Mark>> marks, Object[] certificate) {
        Sha256 tbs = Sha256.of((byte[]) certificate[0]);
        Set<Mark> own = marks.computeIfAbsent(tbs, t -> new HashSet<>());
        own.add(new Mark(AuthorisationKind.TBS, tbs));
        own.add(new Mark(AuthorisationKind.CERTIFICATE, Sha256.of((byte[]) certificate[1])));
        if (certificate[3] != null) {
            own.add(new Mark(AuthorisationKind.SPKI, Sha256.parseHex((String) certificate[3])));
        }
        if ((boolean) certificate[2] && certificate[4] != null) {
            own.add(
                    new Mark(
                            AuthorisationKind.ISSUER_KEY,
                            Sha256.parseHex((String) certificate[4])));
        }
    }

    private static Sha256 tbs(Object[] match) {
        return Sha256.of((byte[]) match[5]);
    }

    @SuppressWarnings("unchecked") // the converter makes it
    private static Candidate candidate(Object[] match, Set<Mark> marks) {
        return new Candidate(
                (UUID) match[0],
                (UUID) match[1],
                (List<String>) match[2],
                (int) match[3],
                (Instant) match[4],
                marks);
    }

    private static int end(int from, int size) {
        return Math.min(size, from + CHUNK);
    }

    private static EntityManager database() {
        return Match.getEntityManager();
    }
}
