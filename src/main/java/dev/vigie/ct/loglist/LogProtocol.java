package dev.vigie.ct.loglist;

/** How a log is read. */
public enum LogProtocol {
    RFC6962,
    STATIC
}
