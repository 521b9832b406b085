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
        return RuleSetVersion.<RuleSetVersion>findAll().firstResultOptional().orElseThrow().version;
    }

    static void raise() {
        update("version = version + 1");
    }
}
