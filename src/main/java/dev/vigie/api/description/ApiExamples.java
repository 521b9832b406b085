package dev.vigie.api.description;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** What requests look like, for the description of the API; a test sends them. */
final class ApiExamples {

    /** Where something can be created. */
    static final Set<String> CREATED =
            Set.of(
                    "/watchlists",
                    "/watchlists/{watchlistId}/rules",
                    "/watchlists/{watchlistId}/authorisations",
                    "/channels",
                    "/tokens",
                    "/users",
                    "/session",
                    "/teams");

    private static final String SOME_ID = "01a227b5-2aee-7000-bcf7-12539822283b";

    private static final Map<String, Object> WATCHLIST =
            Map.of(
                    "name",
                    "Our domains",
                    "gracePeriod",
                    "PT10M",
                    "excludedDomains",
                    List.of("partner.example"),
                    "renewal",
                    Map.of("expiryDays", 14, "issuerChanges", true));
    private static final Map<String, Object> RULE =
            Map.of(
                    "kind", "lookalike",
                    "pattern", "example.org",
                    "severity", "high",
                    "comment", "Our brand");
    private static final Map<String, Object> CHANNEL =
            Map.of(
                    "name",
                    "SIEM",
                    "type",
                    "webhook",
                    "config",
                    Map.of("url", "https://siem.example.org/vigie"),
                    "policy",
                    Map.of("minSeverity", "medium", "mostPerHour", 100));
    private static final Map<String, Object> USER =
            Map.of("name", "ada@example.org", "role", "editor");
    private static final Map<String, Object> TEAM = Map.of("name", "CERT");

    /** By verb and path. */
    static final Map<String, Object> BODIES =
            Map.ofEntries(
                    Map.entry("POST /watchlists", WATCHLIST),
                    Map.entry("PUT /watchlists/{id}", WATCHLIST),
                    Map.entry("POST /watchlists/{watchlistId}/rules", RULE),
                    Map.entry("PUT /rules/{id}", RULE),
                    Map.entry("POST /rules/preview", RULE),
                    Map.entry(
                            "POST /rules/test",
                            Map.of("names", List.of("examp1e.org", "shop.example.org"))),
                    Map.entry(
                            "POST /watchlists/{watchlistId}/authorisations",
                            Map.of(
                                    "kind",
                                    "spki",
                                    "value",
                                    "3e5a".repeat(16),
                                    "names",
                                    List.of("example.org"),
                                    "comment",
                                    "The web servers")),
                    Map.entry("POST /channels", CHANNEL),
                    Map.entry("PUT /channels/{id}", CHANNEL),
                    Map.entry("POST /channels/{id}/rotate-secret", Map.of("overlap", "PT24H")),
                    Map.entry(
                            "PATCH /matches/{id}",
                            Map.of("status", "benign", "comment", "The new web shop")),
                    Map.entry(
                            "POST /rescans",
                            Map.of("watchlistId", SOME_ID, "from", "2026-10-01T00:00:00Z")),
                    Map.entry(
                            "PUT /logs/{logId}/settings",
                            Map.of("pollSeconds", 60, "requestsPerSecond", 2.5)),
                    Map.entry("PUT /state", Map.of("https://log.example/2026h2/", 41)),
                    Map.entry("POST /tokens", Map.of("name", "SIEM", "scope", "viewer")),
                    Map.entry("POST /users", USER),
                    Map.entry("PUT /users/{id}", USER),
                    Map.entry(
                            "POST /session",
                            Map.of("name", "ada@example.org", "password", "correct horse battery")),
                    Map.entry(
                            "PUT /session/password",
                            Map.of(
                                    "current", "correct horse battery",
                                    "password", "staple under the moon")),
                    Map.entry("POST /teams", TEAM),
                    Map.entry("PUT /teams/{id}", TEAM));

    private ApiExamples() {}
}
