package dev.vigie.database;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;

/** Lets those who are about to change the same thing do so one after the other. */
@ApplicationScoped
public class Turns {

    /** As many as the table has rows; things that share one wait for each other for nothing. */
    private static final int COUNT = 64;

    private final EntityManager entities;

    Turns(EntityManager entities) {
        this.entities = entities;
    }

    /**
     * Waits until nobody else has the turn. It is over with the transaction, which must not hold
     * anything yet for which others might wait.
     */
    @Transactional(Transactional.TxType.MANDATORY)
    public void take(String thing) {
        entities.createNativeQuery("select id from turn where id = ?1 for update")
                .setParameter(1, Math.floorMod(thing.hashCode(), COUNT))
                .getSingleResult();
    }
}
