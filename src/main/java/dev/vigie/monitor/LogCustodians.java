package dev.vigie.monitor;

import dev.vigie.database.Database;
import dev.vigie.logs.LogPosition;
import dev.vigie.logs.RuleSetSpan;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Takes logs for this process and keeps them, by the database's clock. */
@ApplicationScoped
class LogCustodians {

    private final Database database;
    private final MonitorConfig config;
    private final String owner;

    LogCustodians(Database database, MonitorConfig config) {
        this.database = database;
        this.config = config;
        // nobody else can have an embedded database open, so what was left behind is ours
        this.owner = database.isEmbedded() ? "embedded" : UUID.randomUUID().toString();
    }

    /** Takes a log, unless another process has it. */
    Optional<LogCustody> claim(String logId) {
        Instant now = database.now();
        return QuarkusTransaction.requiringNew()
                .call(() -> {
                    Instant until = now.plus(config.lease());
                    if (!LogPosition.claim(logId, owner, now, until)) {
                        return Optional.empty();
                    }
                    LogPosition stored = LogPosition.findById(logId);
                    long version =
                            stored.nextIndex == null
                                    ? RuleSetSpan.UNSEEN
                                    : RuleSetSpan.versionAt(logId, stored.nextIndex);
                    return Optional.of(new LogCustody(stored, owner, version));
                });
    }

    /** Says that this process is alive; to be called several times within a lease. */
    void renew() {
        if (database.isEmbedded()) {
            return;
        }
        Instant until = database.now().plus(config.lease());
        QuarkusTransaction.requiringNew().run(() -> LogPosition.renew(owner, until));
    }
}
