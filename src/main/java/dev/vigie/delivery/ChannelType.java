package dev.vigie.delivery;

/** Ways to reach people and programs. */
public enum ChannelType {
    EMAIL(true),
    WEBHOOK(false),
    /** Where the service sends what it tests itself with; not for people. */
    CANARY(false);

    private final boolean groups;

    ChannelType(boolean groups) {
        this.groups = groups;
    }

    /** Whether people read it, who want to hear of one event once: several matches in one alert. */
    public boolean groups() {
        return groups;
    }
}
