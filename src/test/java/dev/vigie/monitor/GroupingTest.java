package dev.vigie.monitor;

import static dev.vigie.testing.Api.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.vigie.ct.loglist.LogProtocol;
import dev.vigie.simulator.CertificateMaker;
import dev.vigie.simulator.SimulatedLog;
import dev.vigie.testing.Api;
import dev.vigie.testing.DatabaseTest;
import dev.vigie.testing.LogPark;
import dev.vigie.testing.Mails;
import dev.vigie.testing.Outbox;
import dev.vigie.testing.PairMaker;
import dev.vigie.testing.Pem;
import dev.vigie.testing.WebhookReceiver;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.mail.internet.MimeMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What people are to read about one registrable domain is one alert as long as it waits. */
@QuarkusTest
@DatabaseTest
class GroupingTest {

    @ConfigProperty(name = "quarkus.mailer.port")
    int mailPort;

    @Inject LogConnections connections;
    @Inject TailingTools tools;
    @Inject AgroalDataSource dataSource;

    private final LogPark logs = new LogPark();
    private final WebhookReceiver receiver = new WebhookReceiver();
    private final PairMaker pairs = new PairMaker();
    private final List<WatchedLog> opened = new ArrayList<>();
    private Outbox outbox;
    private SimulatedLog log;
    private WatchedLog watched;
    private String mail;
    private String webhook;

    @BeforeEach
    void open() throws Exception {
        outbox = new Outbox(dataSource);
        log = logs.newLog(LogProtocol.RFC6962);
        watched = watch(log);
        mail = Outbox.mail();
        webhook = Outbox.webhook(receiver.url());
    }

    @AfterEach
    void close() {
        opened.forEach(WatchedLog::release);
        receiver.close();
        logs.close();
    }

    private WatchedLog watch(SimulatedLog of) throws Exception {
        var watch = new WatchedLog(logs.known(of), connections.http(true), tools);
        assertThat(watch.look()).isNull();
        opened.add(watch);
        return watch;
    }

    private String watchlist(String... domains) {
        String id = Outbox.watchlist("PT1H", mail, webhook);
        for (String domain : domains) {
            Api.addRule(id, "domain", domain);
        }
        return id;
    }

    private CertificateMaker.Issuance see(String name) throws InterruptedException {
        CertificateMaker.Issuance issuance = pairs.issue(name);
        log.addPrecert(issuance);
        assertThat(watched.look()).isNull();
        return issuance;
    }

    private static void authorise(String watchlist, CertificateMaker.Issuance issuance) {
        Api.post(
                        "/watchlists/%s/authorisations".formatted(watchlist),
                        Map.of("kind", "spki", "pem", Pem.certificate(issuance.certificate())))
                .statusCode(201);
    }

    @Test
    void oneMailListsWhatWaitsForOneDomainWithoutWhatIsExpected() throws Exception {
        String watchlist = watchlist("one.example", "two.example");
        CertificateMaker.Issuance expected = see("a.one.example");
        see("b.one.example");
        see("x.two.example");
        log.addPrecert(pairs.issue("c.one.example"));
        log.addPrecert(pairs.issue("d.one.example"));
        assertThat(watched.look()).isNull();

        assertThat(outbox.further(mail)).containsExactly(3, 0);
        assertThat(outbox.further(webhook)).containsOnly(0).hasSize(5);
        authorise(watchlist, expected);
        assertThat(outbox.statuses(mail)).containsExactly("PENDING", "PENDING");
        assertThat(outbox.statuses(webhook)).containsOnlyOnce("CANCELLED");

        List<String> mails = mails(2);
        String text =
                mails.stream().filter(m -> m.contains("one.example")).findFirst().orElseThrow();
        assertThat(text)
                .contains("met 3 times by names of", "b.one.example", "c.one.example")
                .contains("d.one.example", "d.one.example is below one.example")
                .doesNotContain("a.one.example", "two.example", "and 0 more");
        assertThat(mails).anyMatch(m -> m.contains("x.two.example"));
    }

    private List<String> mails(int count) throws Exception {
        var server = new GreenMail(new ServerSetup(mailPort, "127.0.0.1", "smtp"));
        server.start();
        try {
            outbox.makeDue(mail);
            eventually(() -> server.getReceivedMessages().length == count);
            List<String> texts = new ArrayList<>();
            for (MimeMessage message : server.getReceivedMessages()) {
                texts.add(Mails.text(message));
            }
            return texts;
        } finally {
            server.stop();
        }
    }

    @Test
    void aLongListEndsWithHowManyMoreThereAre() throws Exception {
        watchlist("long.example");
        for (int i = 0; i < 25; i++) {
            log.addPrecert(pairs.issue("n%d.long.example".formatted(i)));
        }
        assertThat(watched.look()).isNull();

        String text = mails(1).getFirst();

        assertThat(text).contains("met 25 times by names of", "and 5 more: ");
        assertThat(text.split("/api/v1/matches/")).hasSize(1 + 20);
    }

    @Test
    void anAlertIsTakenBackWhenEverythingInItIsExpected() throws Exception {
        String watchlist = watchlist("three.example");
        CertificateMaker.Issuance first = see("a.three.example");
        CertificateMaker.Issuance second = see("b.three.example");

        authorise(watchlist, second);
        assertThat(outbox.statuses(mail)).containsExactly("PENDING");
        authorise(watchlist, first);

        assertThat(outbox.statuses(mail)).containsExactly("CANCELLED");
        assertThat(outbox.statuses(webhook)).containsOnly("CANCELLED");
        see("c.three.example");
        assertThat(outbox.statuses(mail)).containsExactly("CANCELLED", "PENDING");
    }

    @Test
    void nothingIsAddedToWhatSomebodyHasTriedToSend() throws Exception {
        watchlist("four.example");
        see("a.four.example");
        outbox.pretendAnAttempt(mail);

        see("b.four.example");

        assertThat(outbox.further(mail)).containsExactly(0, 0);
    }

    /** Recorders, the relay and people who authorise meet on the same rows. */
    @Test
    void nobodyBlocksAnybodyAndNothingThatIsExpectedIsForgotten() throws Exception {
        String watchlist = watchlist("busy.example");
        Api.addRule(watchlist, "domain", "bees.example");
        List<CertificateMaker.Issuance> issued = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            issued.add(pairs.issue("n%d.%s.example".formatted(i, i % 2 == 0 ? "busy" : "bees")));
        }
        List<SimulatedLog> all = new ArrayList<>(List.of(log));
        List<WatchedLog> looking = new ArrayList<>(List.of(watched));
        for (int i = 1; i < 3; i++) {
            SimulatedLog another = logs.newLog(LogProtocol.values()[i % 2]);
            all.add(another);
            looking.add(watch(another));
        }
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            List<Future<Object>> work = new ArrayList<>();
            for (int i = 0; i < all.size(); i++) {
                int number = i;
                work.add(threads.submit(recording(all.get(i), looking.get(i), issued, number)));
            }
            work.add(threads.submit(authorising(watchlist, issued)));
            for (Future<Object> done : work) {
                done.get();
            }
        }
        outbox.makeDue(mail);
        outbox.makeDue(webhook);

        eventually(() -> !outbox.statuses(mail).contains("PENDING"));
        eventually(() -> !outbox.statuses(webhook).contains("PENDING"));
        assertThat(Api.matches(watchlist))
                .hasSize(issued.size())
                .allSatisfy(match -> assertThat(match).containsEntry("status", "authorised"));
        assertThat(outbox.statuses(mail)).containsOnly("CANCELLED");
        assertThat(outbox.statuses(webhook)).containsOnly("CANCELLED");
        assertThat(receiver.received()).isEmpty();
    }

    private static Callable<Object> recording(
            SimulatedLog log,
            WatchedLog watched,
            List<CertificateMaker.Issuance> issued,
            int number) {
        return () -> {
            for (int i = 0; i < issued.size(); i += 6) {
                for (int j = 0; j < 6; j++) {
                    // each log has them in an order of its own
                    log.addPrecert(issued.get(i + (number == 1 ? 5 - j : j)));
                }
                assertThat(watched.look()).isNull();
            }
            return true;
        };
    }

    private static Callable<Object> authorising(
            String watchlist, List<CertificateMaker.Issuance> issued) {
        return () -> {
            issued.forEach(issuance -> authorise(watchlist, issuance));
            return true;
        };
    }
}
