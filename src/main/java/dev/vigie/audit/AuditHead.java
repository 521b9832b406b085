package dev.vigie.audit;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;

/** The last entry, in one row that whoever adds another one holds. */
@Entity
class AuditHead extends PanacheEntityBase {

    static final int ONLY = 1;

    @Id int id;
    long position;
    String hash;
}
