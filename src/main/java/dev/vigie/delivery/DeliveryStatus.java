package dev.vigie.delivery;

/** How it stands with a delivery. */
public enum DeliveryStatus {
    /** Waits for its next attempt. */
    PENDING,
    DELIVERED,
    /** Given up, until somebody asks for it again. */
    DEAD,
    /** All that it was to tell of is authorised, or decided. */
    CANCELLED,
    /** Told as a part of a digest, which is a delivery of its own. */
    DIGESTED
}
