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
    }

    @Override
    public ChannelType type() {
        return ChannelType.EMAIL;
    }

    @Override
    public Outcome send(Channel channel, AlertMessage message) {
        boolean test = message.match() == null;
        TemplateInstance text =
                test
                        ? Templates.channelTest(message, baseUrl)
                        : Templates.matchCreated(message, baseUrl);
        var mail =
                new Mail()
                        .setTo(List.copyOf(channel.recipients))
                        .setSubject(
                                test
                                        ? "Vigie: test of a channel"
                                        : "Vigie: a certificate for a name that you watch")
                        .setText(text.render())
                        .addHeader("Message-ID", "<%s@vigie>".formatted(message.id()))
                        .addHeader("Auto-Submitted", "auto-generated");
        try {
            mailer.send(mail);
            return new Outcome.Delivered();
        } catch (RuntimeException e) {
            return outcome(e);
        }
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
