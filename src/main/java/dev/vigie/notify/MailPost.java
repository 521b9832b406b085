package dev.vigie.notify;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.ext.mail.MailClient;
import io.vertx.ext.mail.MailConfig;
import io.vertx.ext.mail.MailMessage;
import io.vertx.ext.mail.MailResult;
import io.vertx.ext.mail.impl.MailClientImpl;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.reflect.Field;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Hands mails to the mail server. Each attempt is a verticle with a client of its own, and ends
 * with all that it opened: a client that threads share loses the greeting of the server now and
 * then, and keeps connections that hang until it has no room for others.
 */
@ApplicationScoped
@RegisterForReflection(targets = MailClientImpl.class)
class MailPost {

    private final Vertx vertx;
    private final MailConfig config;
    private volatile @Nullable String ownName;

    @Inject
    MailPost(Vertx vertx, MailClient configured) {
        this(vertx, configOf(configured));
    }

    MailPost(Vertx vertx, MailConfig config) {
        this.vertx = vertx;
        this.config = config;
        this.ownName = config.getOwnHostname();
    }

    /** All that quarkus.mailer.* says, to which there is no other way. */
    private static MailConfig configOf(MailClient client) {
        try {
            Field field = MailClientImpl.class.getDeclaredField("config");
            field.setAccessible(true);
            return (MailConfig) field.get(client);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("The mail client is none that is known.", e);
        }
    }

    /**
     * Hands a mail over; either all recipients are accepted or nobody gets it.
     *
     * @throws ExecutionException if the mail server did not take it
     * @throws TimeoutException if it is not over in time; the connection is then cut
     */
    void send(MailMessage mail, Duration time)
            throws ExecutionException, TimeoutException, InterruptedException {
        if (!time.isPositive()) {
            throw new TimeoutException();
        }
        MailConfig mine = ownConfig();
        Promise<MailResult> end = Promise.promise();
        var attempt =
                new AbstractVerticle() {
                    @Override
                    public void start() {
                        MailClient.create(vertx, mine).sendMail(mail).onComplete(end);
                    }
                };
        Future<String> begun = vertx.deployVerticle(attempt).onFailure(end::tryFail);
        try {
            end.future()
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(time.toMillis(), TimeUnit.MILLISECONDS);
        } finally {
            begun.compose(vertx::undeploy);
        }
    }

    private MailConfig ownConfig() {
        var mine = new MailConfig(config);
        // a client makes this HTTPS where there is TLS, but only if it is not there yet
        mine.setHostnameVerificationAlgorithm("");
        mine.setOwnHostname(ownName());
        mine.setKeepAlive(false);
        // one answer for each command, so that it is known which was refused, and how
        mine.setPipelining(false);
        mine.setAllowRcptErrors(false);
        return mine;
    }

    /** Looked up once; that can take long. */
    private String ownName() {
        String name = ownName;
        if (name == null) {
            try {
                name = InetAddress.getLocalHost().getCanonicalHostName();
            } catch (UnknownHostException e) {
                name = "localhost";
            }
            ownName = name;
        }
        return name;
    }
}
