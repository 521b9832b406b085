package dev.vigie.watchlist;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.util.UUID;

/** A watchlist that is gone, and whose it was: what it found stays theirs. */
@Entity
public class FormerWatchlist extends PanacheEntityBase {

    @Id UUID id;
    UUID teamId;

    static void note(Watchlist watchlist) {
        var former = new FormerWatchlist();
        former.id = watchlist.id;
        former.teamId = watchlist.teamId;
        former.persist();
    }
}
