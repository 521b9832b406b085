package dev.vigie.logs;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** The last good answer of a log list, so that a bad one or none does no harm. */
@Entity
@Table(name = "log_list")
public class StoredLogList extends PanacheEntityBase {

    @Id public String url;
    public byte[] body;
    public Instant fetchedAt;

    /** Replaces what is kept of a list. */
    public static void keep(String url, byte[] body, Instant now) {
        StoredLogList list = findById(url);
        boolean isNew = list == null;
        if (list == null) {
            list = new StoredLogList();
            list.url = url;
        }
        list.body = body;
        list.fetchedAt = now;
        if (isNew) {
            list.persist();
        }
    }
}
