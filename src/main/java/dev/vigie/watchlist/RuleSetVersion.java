package dev.vigie.watchlist;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** Counts the changes that matter for matching; raised in the transaction of each. */
@Entity
@Table(name = "rule_set")
class RuleSetVersion extends PanacheEntityBase {

    @Id int id;
    long version;

    static long current() {
        // asks the database even if it was asked before in this transaction
        return getEntityManager()
                .createQuery("select version from RuleSetVersion", Long.class)
                .getSingleResult();
    }

    /** Whoever raises it next waits until this transaction is over. */
    static long raise(int by) {
        update("version = version + ?1", (long) by);
        return current();
    }
}
