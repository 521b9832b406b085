package dev.vigie.monitor;

import jakarta.enterprise.context.ApplicationScoped;

/** Lets tests of other packages have a new log followed at once. */
@ApplicationScoped
public class ListRefresh {

    private final Monitor monitor;

    ListRefresh(Monitor monitor) {
        this.monitor = monitor;
    }

    public void now() {
        monitor.refreshLists();
    }
}
