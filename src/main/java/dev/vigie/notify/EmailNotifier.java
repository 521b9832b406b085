package dev.vigie.notify;

import dev.vigie.delivery.AlertContent;
import dev.vigie.delivery.AlertMessage;
import dev.vigie.delivery.ChannelType;
import dev.vigie.delivery.Destination;
import dev.vigie.delivery.Notifier;
import dev.vigie.delivery.UnusableChannelException;
import io.vertx.core.Vertx;
import io.vertx.ext.mail.MailClient;
import io.vertx.ext.mail.MailMessage;
import io.vertx.ext.mail.MailResult;
import io.vertx.ext.mail.SMTPException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Sends alerts by mail; nothing that a stranger wrote stands in a header. */
@ApplicationScoped
class EmailNotifier implements Notifier {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final int MOST_RECIPIENTS = 50;

    /**
     * Narrower than RFC 5321 on purpose: no quotes, no comments, nothing that could be an option.
     */
    private static final Pattern ADDRESS =
            Pattern.compile(
                    "[A-Za-z0-9][A-Za-z0-9._%+'-]{0,63}@[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?");

    private final Vertx vertx;
    private final MailClient client;
    private final MailTexts texts;
    private final String sender;
    private final Optional<String> bounceAddress;

    EmailNotifier(
            Vertx vertx,
            MailClient client,
            MailTexts texts,
            @ConfigProperty(name = "quarkus.mailer.from") String sender,
            @ConfigProperty(name = "quarkus.mailer.bounce-address")
                    Optional<String> bounceAddress) {
        this.vertx = vertx;
        this.client = client;
        this.texts = texts;
        this.sender = sender;
        this.bounceAddress = bounceAddress;
    }

    @Override
    public ChannelType type() {
        return ChannelType.EMAIL;
    }

    @Override
    public void check(Destination destination) {
        List<String> recipients = destination.recipients();
        if (recipients.isEmpty()) {
            throw new UnusableChannelException(
                    "config.to", "An e-mail channel needs at least one address.");
        }
        if (recipients.size() > MOST_RECIPIENTS) {
            throw new UnusableChannelException(
                    "config.to", "An e-mail channel has at most 50 addresses.");
        }
        for (int i = 0; i < recipients.size(); i++) {
            if (!ADDRESS.matcher(recipients.get(i)).matches()) {
                throw new UnusableChannelException(
                        "config.to[%d]".formatted(i), "This is no e-mail address.");
            }
        }
    }

    @Override
    public Outcome send(Destination destination, AlertMessage message) {
        List<String> to =
                message.content() instanceof AlertContent.Confirmation confirmation
                        ? List.of(confirmation.address())
                        : destination.recipients();
        if (to.isEmpty()) {
            return new Outcome.TryAgain("None of the addresses has been confirmed by its owner.");
        }
        try {
            MailResult result =
                    send(mail(to, message)).get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
            return delivered(to, result);
        } catch (ExecutionException e) {
            return failed(Causes.of(e));
        } catch (TimeoutException e) {
            return new Outcome.TryAgain("mail server: no answer within 30 s");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Outcome.TryAgain("interrupted");
        }
    }

    /**
     * On a thread of the client's own from the beginning. Otherwise its parts run on several, and
     * the server's greeting may come before anybody listens, so that both wait for each other.
     */
    private CompletableFuture<MailResult> send(MailMessage mail) {
        var sent = new CompletableFuture<MailResult>();
        vertx.runOnContext(begin ->
                client.sendMail(mail)
                        .onSuccess(sent::complete)
                        .onFailure(sent::completeExceptionally));
        return sent;
    }

    private MailMessage mail(List<String> to, AlertMessage message) {
        var mail =
                new MailMessage()
                        .setFrom(sender)
                        .setTo(to)
                        .setSubject(MailSubject.of(message))
                        .setText(texts.plain(message))
                        .setHtml(texts.html(message))
                        .addHeader("Message-ID", "<%s@vigie>".formatted(message.id()))
                        .addHeader("References", "<%s@thread.vigie>".formatted(message.threadId()))
                        .addHeader("In-Reply-To", "<%s@thread.vigie>".formatted(message.threadId()))
                        .addHeader("Auto-Submitted", "auto-generated");
        bounceAddress.ifPresent(mail::setBounceAddress);
        return mail;
    }

    private static Outcome delivered(List<String> to, MailResult result) {
        List<String> refused =
                to.stream().filter(address -> !result.getRecipients().contains(address)).toList();
        return new Outcome.Delivered(
                refused.isEmpty()
                        ? Optional.empty()
                        : Optional.of("The mail server refused " + String.join(", ", refused)));
    }

    /** A 5xx of the mail server is its last word; everything else may pass. */
    private static Outcome failed(Throwable failure) {
        Throwable cause = failure;
        while (!(cause instanceof SMTPException) && cause.getCause() != null) {
            cause = cause.getCause();
        }
        String reason = "mail server: " + cause.getMessage();
        return cause instanceof SMTPException smtp && smtp.isPermanent()
                ? new Outcome.Refused(reason)
                : new Outcome.TryAgain(reason);
    }
}
