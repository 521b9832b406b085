package dev.vigie.access;

import dev.vigie.team.Reach;
import java.util.Set;

/** What somebody is, within what they may see. */
public enum Role {
    /** Sees everything. */
    VIEWER(May.SEE),
    /** Keeps watchlists and channels, too, and decides about matches. */
    EDITOR(May.SEE, May.EDIT),
    /** Makes users and tokens, too; whoever sees all teams has the logs, too. */
    ADMIN(May.SEE, May.EDIT, May.ADMINISTER),
    /** Says which certificates are expected on one watchlist; for programs that get them. */
    AUTHORISE(May.AUTHORISE);

    private final Set<String> permissions;

    Role(String... permissions) {
        this.permissions = Set.of(permissions);
    }

    /** The permissions of {@link May} that it gives. */
    Set<String> permissions(Reach reach) {
        return this == ADMIN && reach.isAll()
                ? Set.of(May.SEE, May.EDIT, May.ADMINISTER, May.OPERATE)
                : permissions;
    }
}
