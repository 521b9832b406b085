package dev.vigie.logs;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What an administrator sees and changes of the logs. */
@ApplicationScoped
@Transactional
public class LogPositions {

    /** A log and how far it is. */
    public record Followed(FollowedLog log, LogPosition position) {}

    /** A state that cannot be taken over. */
    public static final class UnknownStateException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UnknownStateException(String message) {
            super(message);
        }
    }

    /** All logs that are or were followed. */
    public List<Followed> all() {
        return FollowedLog.inOrder().stream()
                .map(log -> new Followed(log, LogPosition.findById(log.logId)))
                .toList();
    }

    /** One log by its id in hex; null if it is not known. */
    public @Nullable Followed find(String logId) {
        return FollowedLog.ofUsers(logId)
                .map(log -> new Followed(log, LogPosition.findById(logId)))
                .orElse(null);
    }

    /** Changes what is different for a log; null if it is not known. */
    public @Nullable Followed change(String logId, Consumer<FollowedLog> change) {
        Followed followed = find(logId);
        if (followed != null) {
            change.accept(followed.log());
        }
        return followed;
    }

    /** The gaps of a log, in its order. */
    public List<Gap> gaps(String logId) {
        return Gap.of(logId);
    }

    /**
     * The last processed index by the log's URL; logs of which nothing was processed are left out.
     */
    public Map<String, Long> lastProcessed() {
        Map<String, Long> state = new TreeMap<>();
        for (Followed followed : all()) {
            Long next = followed.position().nextIndex;
            if (next != null && next > 0) {
                state.put(followed.log().url, next - 1);
            }
        }
        return state;
    }

    /**
     * Goes on after these indexes, log by log.
     *
     * @throws UnknownStateException if a log is not known or has no such index; then nothing
     *     changes
     */
    public void goOnAfter(Map<String, Long> state) {
        Map<String, Followed> byUrl = new TreeMap<>();
        all().forEach(followed -> byUrl.put(followed.log().url, followed));
        state.forEach((url, last) -> {
            Followed followed = byUrl.get(url);
            if (followed == null) {
                throw new UnknownStateException("No log is followed at '%s'.".formatted(url));
            }
            Long size = followed.position().treeSize;
            if (size == null) {
                throw new UnknownStateException("%s was never reached.".formatted(url));
            }
            if (last < -1 || last >= size) {
                throw new UnknownStateException("%s has no entry %d.".formatted(url, last));
            }
            LogPosition.moveTo(followed.log().logId, last + 1);
        });
        LogPosition.flush();
        LogPosition.getEntityManager().clear(); // they are others now
    }
}
