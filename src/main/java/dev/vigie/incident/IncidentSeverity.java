package dev.vigie.incident;

/** How bad an incident is. */
public enum IncidentSeverity {
    /** Something does not work as it should; it may pass. */
    WARNING,
    /** A log, or this service, cannot be trusted before somebody has looked. */
    CRITICAL
}
