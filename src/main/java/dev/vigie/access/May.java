package dev.vigie.access;

/** What somebody may do, for {@code @RolesAllowed}. */
public final class May {

    /** Look at what is within reach. */
    public static final String SEE = "see";

    /** Change watchlists, rules and channels, and decide about matches. */
    public static final String EDIT = "edit";

    /** Say who else may do what within reach, and see what was changed by whom. */
    public static final String ADMINISTER = "administer";

    /** Change what concerns all teams: logs, positions, teams. */
    public static final String OPERATE = "operate";

    /** Say which certificates are expected on one watchlist. */
    public static final String AUTHORISE = "authorise";

    private May() {}
}
