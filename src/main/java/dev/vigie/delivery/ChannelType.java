package dev.vigie.delivery;

/** Ways to reach people and programs. */
public enum ChannelType {
    EMAIL(true, 60),
    SLACK(true, 60),
    TEAMS(true, 60),
    MATTERMOST(true, 60),
    DISCORD(true, 60),
    WEBHOOK(false, 3_600),
    SYSLOG(false, 0),
    KAFKA(false, 0),
    /** Where the service sends what it tests itself with; not for people. */
    CANARY(false, 0);

    private final boolean groups;
    private final int mostPerHour;

    ChannelType(boolean groups, int mostPerHour) {
        this.groups = groups;
        this.mostPerHour = mostPerHour;
    }

    /** Whether people read it, who want to hear of one event once: several matches in one alert. */
    public boolean groups() {
        return groups;
    }

    /** Alerts an hour above which there are digests, if nothing else is said; 0 for any number. */
    int mostPerHour() {
        return mostPerHour;
    }
}
