package dev.vigie.match;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/**
 * The order in which databases keep ids, which is not that of {@link UUID#compareTo}. Rows that are
 * locked in one order cannot block each other in a circle.
 */
public final class IdOrder {

    private static final int CHUNK = 1_000;
    private static final Comparator<UUID> ORDER = Comparator.comparing(UUID::toString);

    private IdOrder() {}

    /** The ids in this order, in parts of a length that a query bears. */
    public static List<List<UUID>> chunks(Collection<UUID> ids) {
        List<UUID> sorted = ids.stream().distinct().sorted(ORDER).toList();
        List<List<UUID>> chunks = new ArrayList<>();
        for (int from = 0; from < sorted.size(); from += CHUNK) {
            chunks.add(sorted.subList(from, Math.min(sorted.size(), from + CHUNK)));
        }
        return chunks;
    }
}
