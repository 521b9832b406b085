package dev.vigie.notify;

import dev.vigie.delivery.AlertContent;
import dev.vigie.delivery.AlertMessage;
import dev.vigie.watchlist.Severity;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Subjects of mails: own words, numbers, and of what people wrote only names of domains that their
 * own rules are for. Never a name that a stranger chose.
 */
final class MailSubject {

    private static final Pattern DOMAIN = Pattern.compile("[a-z0-9_-]+(\\.[a-z0-9_-]+)+");

    private MailSubject() {}

    static String of(AlertMessage message) {
        return switch (message.content()) {
            case AlertContent.Matches m ->
                    "[Vigie] %s%s: %s"
                            .formatted(
                                    m.escalated() ? "Still open, " : "",
                                    word(m.severity(), !m.escalated()),
                                    what(m));
            case AlertContent.Digest d -> "[Vigie] %d matches".formatted(d.count());
            case AlertContent.Trouble t ->
                    (t.hasPassed() ? "[Vigie] Has passed: %s" : "[Vigie] Incident: %s")
                            .formatted(t.incident().title());
            case AlertContent.Confirmation c -> "[Vigie] May alerts be sent to you?";
            case AlertContent.Test t -> "[Vigie] Test of a channel";
        };
    }

    private static String word(Severity severity, boolean capital) {
        String word = severity.name().toLowerCase(Locale.ROOT);
        return capital ? word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1) : word;
    }

    private static String what(AlertContent.Matches matches) {
        String subject =
                matches.count() > 1 ? "%d certificates".formatted(matches.count()) : "certificate";
        String pattern = matches.rule().pattern().text().toLowerCase(Locale.ROOT);
        boolean isDomain = DOMAIN.matcher(pattern).matches();
        if (matches.rule().kind() == null) {
            return subject + " met a rule";
        }
        return switch (matches.rule().kind()) {
            case EXACT, DOMAIN -> isDomain ? subject + " for " + pattern : subject + " for you";
            case LOOKALIKE ->
                    isDomain
                            ? "%s for what looks like %s".formatted(subject, pattern)
                            : subject + " for a look-alike";
            case KEYWORD, REGEX -> subject + " with a word that you watch";
            case IP -> subject + " for an address that you watch";
        };
    }
}
