package dev.vigie.delivery;

/** Ways to reach people and programs. */
public enum ChannelType {
    EMAIL,
    WEBHOOK,
    /** Where the service sends what it tests itself with; not for people. */
    CANARY
}
