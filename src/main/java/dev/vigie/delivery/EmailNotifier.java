package dev.vigie.delivery;

import io.quarkus.mailer.Mail;
import io.quarkus.mailer.Mailer;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.vertx.ext.mail.SMTPException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Sends alerts as plain text; nothing that a stranger wrote stands in a header. */
@ApplicationScoped
class EmailNotifier implements Notifier {

    private final Mailer mailer;
    private final String baseUrl;

    /**
     * @param baseUrl where this service can be reached, for links in alerts
     */
    EmailNotifier(
            Mailer mailer,
            @ConfigProperty(name = "vigie.base-url", defaultValue = "http://localhost:8080")
                    String baseUrl) {
        this.mailer = mailer;
        this.baseUrl = baseUrl;
    }

    @CheckedTemplate(basePath = "mail", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
    static class Templates {
        static native TemplateInstance matchCreated(AlertMessage message, String baseUrl);

        static native TemplateInstance channelTest(AlertMessage message, String baseUrl);

        static native TemplateInstance logIncident(AlertMessage message, String baseUrl);

        static native TemplateInstance logRecovered(AlertMessage message, String baseUrl);
    }

    @Override
    public ChannelType type() {
        return ChannelType.EMAIL;
    }

    @Override
    public Outcome send(Channel channel, AlertMessage message) {
        var mail =
                new Mail()
                        .setTo(List.copyOf(channel.recipients))
                        .setSubject(subject(message))
                        .setText(text(message).render())
                        .addHeader("Message-ID", "<%s@vigie>".formatted(message.id()))
                        .addHeader("Auto-Submitted", "auto-generated");
        try {
            mailer.send(mail);
            return new Outcome.Delivered();
        } catch (RuntimeException e) {
            return outcome(e);
        }
    }

    private static String subject(AlertMessage message) {
        return switch (message.type()) {
            case AlertMessage.MATCH_CREATED ->
                    message.matchCount() > 1
                            ? "Vigie: %d matches for names that you watch"
                                    .formatted(message.matchCount())
                            : "Vigie: a certificate for a name that you watch";
            case AlertMessage.LOG_INCIDENT -> "Vigie: an incident";
            case AlertMessage.LOG_RECOVERED -> "Vigie: an incident has passed";
            default -> "Vigie: test of a channel";
        };
    }

    private TemplateInstance text(AlertMessage message) {
        return switch (message.type()) {
            case AlertMessage.MATCH_CREATED -> Templates.matchCreated(message, baseUrl);
            case AlertMessage.LOG_INCIDENT -> Templates.logIncident(message, baseUrl);
            case AlertMessage.LOG_RECOVERED -> Templates.logRecovered(message, baseUrl);
            default -> Templates.channelTest(message, baseUrl);
        };
    }

    /** A 5xx of the mail server is its last word; everything else may pass. */
    private static Outcome outcome(RuntimeException failure) {
        Throwable cause = failure;
        while (!(cause instanceof SMTPException) && cause.getCause() != null) {
            cause = cause.getCause();
        }
        String reason = "mail server: " + cause.getMessage();
        return cause instanceof SMTPException smtp && smtp.isPermanent()
                ? new Outcome.Refused(reason)
                : new Outcome.TryAgain(reason, Optional.empty());
    }
}
