package dev.vigie.notify;

import dev.vigie.delivery.AlertContent;
import dev.vigie.delivery.AlertMessage;
import dev.vigie.delivery.ChannelType;
import dev.vigie.delivery.Destination;
import dev.vigie.delivery.Notifier;
import dev.vigie.delivery.UnusableChannelException;
import io.vertx.ext.mail.MailMessage;
import io.vertx.ext.mail.SMTPException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Sends alerts by mail; nothing that a stranger wrote stands in a header. */
@ApplicationScoped
class EmailNotifier implements Notifier {

    /** What the client says when it is the mail that was refused, and not we ourselves. */
    private static final String OF_RECIPIENT = "recipient address not accepted";

    private static final List<String> OF_MAIL =
            List.of(OF_RECIPIENT, "DATA command not accepted", "sending data failed");

    private static final int MOST_RECIPIENTS = 50;

    /**
     * Narrower than RFC 5321 on purpose: no quotes, no comments, nothing that could be an option.
     */
    private static final Pattern ADDRESS =
            Pattern.compile(
                    "[A-Za-z0-9][A-Za-z0-9._%+'-]{0,63}@[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?");

    private final MailPost post;
    private final MailTexts texts;
    private final String sender;
    private final Optional<String> bounceAddress;
    private final Duration timeout;

    /** Who has got a mail that others have to get yet, as long as this process runs. */
    private final Map<UUID, Set<String>> served = Collections.synchronizedMap(new Newest());

    /** Forgets what is old; then somebody gets a mail twice. */
    private static final class Newest extends LinkedHashMap<UUID, Set<String>> {

        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, Set<String>> eldest) {
            return size() > 1_000;
        }
    }

    EmailNotifier(
            MailPost post,
            MailTexts texts,
            @ConfigProperty(name = "quarkus.mailer.from") String sender,
            @ConfigProperty(name = "quarkus.mailer.bounce-address") Optional<String> bounceAddress,
            @ConfigProperty(name = "quarkus.mailer.timeout") Duration timeout) {
        this.post = post;
        this.texts = texts;
        this.sender = sender;
        this.bounceAddress = bounceAddress;
        this.timeout = timeout;
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
        Set<String> have = served.getOrDefault(message.id(), Set.of());
        List<String> left = to.stream().filter(address -> !have.contains(address)).toList();
        Outcome outcome =
                left.isEmpty()
                        ? new Outcome.Delivered()
                        : send(
                                left,
                                message,
                                System.nanoTime() + timeout.toNanos(),
                                !have.isEmpty());
        if (outcome instanceof Outcome.Delivered) {
            served.remove(message.id());
        }
        return outcome;
    }

    private Outcome send(List<String> to, AlertMessage message, long end, boolean othersHaveIt) {
        try {
            post.send(mail(to, message), Duration.ofNanos(end - System.nanoTime()));
            return new Outcome.Delivered();
        } catch (ExecutionException e) {
            Throwable cause = Causes.of(e);
            return to.size() > 1 && says(cause, OF_RECIPIENT)
                    ? toEach(to, message, end)
                    : failed(cause, othersHaveIt && says(cause, OF_RECIPIENT));
        } catch (TimeoutException e) {
            return new Outcome.TryAgain(
                    "mail server: no answer within %d s".formatted(timeout.toSeconds()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Outcome.TryAgain("interrupted");
        }
    }

    /** Not all addresses are good, so each gets a mail of its own; until now nobody has one. */
    private Outcome toEach(List<String> to, AlertMessage message, long end) {
        List<String> refused = new ArrayList<>();
        List<String> later = new ArrayList<>();
        Set<String> have = new HashSet<>(served.getOrDefault(message.id(), Set.of()));
        for (String address : to) {
            switch (send(List.of(address), message, end, false)) {
                case Outcome.Refused r -> refused.add(address + ", " + r.reason());
                case Outcome.TryAgain t -> later.add(address + ", " + t.reason());
                case Outcome.Delivered d -> have.add(address);
                case Outcome.Gone g -> throw new IllegalStateException();
            }
        }
        served.put(message.id(), have);
        if (!later.isEmpty()) {
            return new Outcome.TryAgain(
                    "not for " + String.join("; ", later), Optional.empty(), !have.isEmpty());
        }
        String reason = "The mail server refused " + String.join("; ", refused);
        return have.isEmpty()
                ? new Outcome.Refused(reason)
                : new Outcome.Delivered(Optional.of(reason));
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

    /** What the mail server says of a mail with 5xx is its last word; everything else may pass. */
    private static Outcome failed(Throwable cause, boolean reachedOthers) {
        String reason = "mail server: " + cause.getMessage();
        boolean isLastWord =
                cause instanceof SMTPException smtp
                        && smtp.isPermanent()
                        && OF_MAIL.stream().anyMatch(stage -> says(smtp, stage));
        return isLastWord
                ? new Outcome.Refused(reason)
                : new Outcome.TryAgain(reason, Optional.empty(), reachedOthers);
    }

    private static boolean says(Throwable cause, String stage) {
        return cause instanceof SMTPException
                && String.valueOf(cause.getMessage()).startsWith(stage);
    }
}
