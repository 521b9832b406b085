package dev.vigie.canary;

import dev.vigie.ct.loglist.KnownLog;
import dev.vigie.database.Database;
import dev.vigie.delivery.Delivery;
import dev.vigie.incident.Incidents;
import dev.vigie.logs.CoverageRange;
import dev.vigie.logs.FollowedLog;
import dev.vigie.match.Match;
import dev.vigie.match.Sighting;
import dev.vigie.match.StoredCertificate;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What canaries leave in the database. */
@ApplicationScoped
@Transactional
class CanaryTraces {

    private final Database database;
    private final Incidents incidents;

    CanaryTraces(Database database, Incidents incidents) {
        this.database = database;
        this.incidents = incidents;
    }

    /** When the alerts of these matches arrived, of those that have and that are proven. */
    Map<UUID, Instant> arrivals(Collection<UUID> matches) {
        Map<UUID, Instant> arrivals = new HashMap<>();
        Delivery.getEntityManager()
                .createQuery(
                        "select d.matchId, d.deliveredAt from Delivery d, Match m"
                                + " where m.id = d.matchId and m.proven and d.status = DELIVERED"
                                + " and d.matchId in :matches",
                        Object[].class)
                .setParameter("matches", matches)
                .getResultList()
                .forEach(row -> arrivals.put((UUID) row[0], (Instant) row[1]));
        return arrivals;
    }

    /** Has the log known, if it is not. */
    void note(KnownLog log) {
        FollowedLog.note(log, true);
    }

    /** Deletes what was found in these logs. Nobody else has certificates of theirs. */
    void clear(Collection<String> logIds) {
        String inThem = "(select s.tbsSha256 from Sighting s where s.logId in ?1)";
        Delivery.delete(
                "matchId in (select m.id from Match m where m.tbsSha256 in " + inThem + ")",
                logIds);
        Match.delete("tbsSha256 in " + inThem, logIds);
        StoredCertificate.delete("tbsSha256 in " + inThem, logIds);
        Sighting.delete("logId in ?1", logIds);
        CoverageRange.delete("logId in ?1", logIds);
    }

    /** Forgets the logs of processes that have ended: their keys are gone. */
    void forgetFormer() {
        // nobody else has an embedded database, whatever leases say
        Instant now = database.now();
        Instant silentSince = database.isEmbedded() ? now.plus(Duration.ofDays(365)) : now;
        List<String> former = FollowedLog.internalSilentSince(silentSince);
        clear(former);
        FollowedLog.forget(former);
        incidents.closeAll(former);
    }
}
