package dev.vigie.delivery;

/** Ways to reach people and programs. */
public enum ChannelType {
    EMAIL,
    WEBHOOK
}
