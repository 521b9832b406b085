package dev.vigie.monitor;

import dev.vigie.incident.IncidentKind;
import dev.vigie.incident.Incidents;
import dev.vigie.incident.Observation;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Looks at all logs together: when most of them fall silent at once, that is one incident of this
 * service's own line and not one of each log.
 */
@ApplicationScoped
class Worries {

    /** Of fewer logs nothing can be said together. */
    private static final int SEVERAL = 5;

    private final Incidents incidents;
    private boolean noNetwork;

    Worries(Incidents incidents) {
        this.incidents = incidents;
    }

    /** A log that is watched for silence. */
    interface Watched {

        /** Whether this process is to notice when the log falls silent. */
        boolean isWatched();

        /** What there is to worry about; nothing if somebody else has the log. */
        List<Observation> worries();

        /** Notes that this is all there is to worry about. */
        void worry(List<Observation> worries);
    }

    void look(List<? extends Watched> logs) {
        Map<Watched, List<Observation>> worries = new LinkedHashMap<>();
        logs.stream().filter(Watched::isWatched).forEach(log -> worries.put(log, log.worries()));
        long silent = worries.values().stream().filter(Worries::isSilent).count();
        boolean most = silent >= SEVERAL && silent > worries.size() / 2;
        if (most) {
            incidents.observe(
                    new Observation(
                            null,
                            IncidentKind.NO_NETWORK,
                            "",
                            IncidentKind.NO_NETWORK.severity(),
                            "%d of %d logs have not answered for a while."
                                            .formatted(silent, worries.size())
                                    + " Look at the network of this service first.",
                            List.of()));
        } else if (noNetwork) {
            incidents.close(null, IncidentKind.NO_NETWORK);
        }
        noNetwork = most;
        worries.forEach((log, its) -> log.worry(most ? withoutSilence(its) : its));
    }

    private static boolean isSilent(List<Observation> worries) {
        return worries.stream().anyMatch(worry -> worry.kind() == IncidentKind.NO_ANSWER);
    }

    private static List<Observation> withoutSilence(List<Observation> worries) {
        return worries.stream().filter(w -> w.kind() != IncidentKind.NO_ANSWER).toList();
    }
}
