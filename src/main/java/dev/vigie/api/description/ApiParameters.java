package dev.vigie.api.description;

import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** What parameters mean, and what may be given. */
final class ApiParameters {

    private static final Map<String, String> MEANINGS =
            Map.ofEntries(
                    Map.entry("limit", "How many there are in an answer."),
                    Map.entry("after", "The next of the answer before."),
                    Map.entry("since", "From when on, such as 2026-11-01T00:00:00Z."),
                    Map.entry("until", "Up to when, exclusive."),
                    Map.entry("format", "What the file looks like."),
                    Map.entry("name", "Text that one of the names contains."),
                    Map.entry("domain", "The registrable domain of the first name."),
                    Map.entry("id", "Its id."),
                    Map.entry("sha256", "The SHA-256 of the certificate, in hex."),
                    Map.entry("logId", "The log's id, in hex or base64."),
                    Map.entry("watchlistId", "The watchlist's id."),
                    Map.entry("ruleId", "The rule's id."),
                    Map.entry("channelId", "The channel's id."),
                    Map.entry("matchId", "The id of a match that it tells of."),
                    Map.entry("incidentId", "The id of the incident that it tells of."),
                    Map.entry("actor", "Who made the change."),
                    Map.entry("subject", "The path of what was changed, or its beginning."),
                    Map.entry("kind", "What went wrong."),
                    Map.entry("severity", "How bad it is."),
                    Map.entry("status", "What has become of it."),
                    Map.entry("sort", "The newest or the oldest first."));

    /** By path and name, a schema among the components. */
    private static final Map<String, String> TYPES =
            Map.of(
                    "/matches status", "MatchStatus",
                    "/matches severity", "Severity",
                    "/matches/export status", "MatchStatus",
                    "/matches/export severity", "Severity",
                    "/deliveries status", "DeliveryStatus",
                    "/incidents kind", "IncidentKind");

    /** By path and name, or by name alone. */
    private static final Map<String, List<Object>> CHOICES =
            Map.of(
                    "sort", List.of("newest", "oldest"),
                    "/incidents status", List.of("open", "closed"),
                    "/matches/export format", List.of("ndjson", "csv"),
                    "/watchlists/{watchlistId}/rules/export format",
                            List.of("certspotter", "csv", "json"));

    private static final Map<String, String> FORMATS =
            Map.of(
                    "since", "date-time",
                    "until", "date-time",
                    "ruleId", "uuid",
                    "channelId", "uuid",
                    "matchId", "uuid",
                    "incidentId", "uuid",
                    "watchlistId", "uuid");

    private ApiParameters() {}

    static void describe(String path, Parameter parameter) {
        String name = parameter.getName();
        if (parameter.getDescription() == null) {
            parameter.setDescription(MEANINGS.get(name));
        }
        if (parameter.getIn() == Parameter.In.QUERY) {
            Schema schema = schema(path + " " + name, name);
            if (schema != null) {
                parameter.setSchema(schema);
            }
        }
    }

    private static @Nullable Schema schema(String place, String name) {
        if (TYPES.containsKey(place)) {
            return OASFactory.createSchema().ref("#/components/schemas/" + TYPES.get(place));
        }
        List<Object> choices = CHOICES.containsKey(place) ? CHOICES.get(place) : CHOICES.get(name);
        String format = FORMATS.get(name);
        if (choices == null && format == null) {
            return null;
        }
        return OASFactory.createSchema()
                .addType(Schema.SchemaType.STRING)
                .enumeration(choices)
                .format(format);
    }
}
