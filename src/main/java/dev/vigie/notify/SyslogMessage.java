package dev.vigie.notify;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.vigie.delivery.AlertContent;
import dev.vigie.delivery.AlertMessage;
import dev.vigie.incident.IncidentSeverity;
import dev.vigie.match.MatchView;
import dev.vigie.watchlist.Severity;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Alerts as messages of RFC 5424. The text is one line of JSON in ASCII: escaped, and what tools
 * behind a syslog server read.
 */
final class SyslogMessage {

    /** Receivers should take as much (RFC 5425 section 4.3.1), and many take no more. */
    private static final int LONGEST = 8_192;

    private static final int SEVERITIES = 8;
    private static final int KEPT = 3;

    private final SyslogConfig config;
    private final AlertJson json;
    private final String host;

    /**
     * @param host under which this service is known
     */
    SyslogMessage(SyslogConfig config, AlertJson json, @Nullable String host) {
        this.config = config;
        this.json = json;
        this.host = host == null ? "-" : host;
    }

    String of(AlertMessage message) {
        String header =
                "<%d>1 %s %s %s %d %s - "
                        .formatted(
                                config.facility() * SEVERITIES + severity(message.content()),
                                message.createdAt().truncatedTo(ChronoUnit.MILLIS),
                                host,
                                config.appName(),
                                ProcessHandle.current().pid(),
                                message.type());
        String line = header + text(message, json.data(message));
        for (int kept = KEPT; line.length() > LONGEST && kept >= 0; kept--) {
            line = header + text(message, shortened(message, kept));
        }
        return line;
    }

    private String text(AlertMessage message, Object data) {
        byte[] text =
                json.write(
                        Map.of(
                                "id", message.id(),
                                "type", message.type(),
                                "data", data,
                                "url", json.url(message)));
        return ascii(new String(text, UTF_8));
    }

    /** Some receivers take U+2028 and the like for the end of a line. */
    private static String ascii(String json) {
        var ascii = new StringBuilder(json.length());
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            if (c < 0x7f) {
                ascii.append(c);
            } else {
                ascii.append("\\u%04x".formatted((int) c));
            }
        }
        return ascii.toString();
    }

    private static Object shortened(AlertMessage message, int kept) {
        return switch (message.content()) {
            case AlertContent.Matches m -> m.first().shortened(kept);
            case AlertContent.Digest d -> Map.of("count", d.count());
            case AlertContent.Trouble t -> t.incident().shortened(0);
            case AlertContent.Confirmation c -> Map.of();
            case AlertContent.Test t -> Map.of();
        };
    }

    /** RFC 5424 table 2. */
    private static int severity(AlertContent content) {
        return switch (content) {
            case AlertContent.Matches m -> of(m.severity());
            case AlertContent.Digest d ->
                    d.first().stream()
                            .map(MatchView::severity)
                            .mapToInt(SyslogMessage::of)
                            .min()
                            .orElse(5);
            case AlertContent.Trouble t ->
                    t.hasPassed()
                            ? 5
                            : t.incident().severity() == IncidentSeverity.CRITICAL ? 2 : 4;
            case AlertContent.Confirmation c -> 6;
            case AlertContent.Test t -> 6;
        };
    }

    private static int of(Severity severity) {
        return switch (severity) {
            case LOW -> 5;
            case MEDIUM -> 4;
            case HIGH -> 3;
            case CRITICAL -> 2;
        };
    }
}
