package dev.vigie.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigie.ct.DigitallySigned;
import dev.vigie.ct.LogMisbehaviorException;
import dev.vigie.ct.SignedTreeHead;
import dev.vigie.ct.TreeHead;
import dev.vigie.ct.loglist.KnownLog;
import dev.vigie.ct.loglist.LogProtocol;
import dev.vigie.ct.loglist.LogState;
import dev.vigie.ct.loglist.TemporalInterval;
import dev.vigie.hash.Sha256;
import dev.vigie.incident.IncidentKind;
import dev.vigie.incident.Observation;
import dev.vigie.simulator.LogSigner;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Thirty days of forty logs, minute by minute on a clock of our own, with the outages that real
 * logs have had (P10, H12, L03, L07, L12, L13, L28). Every trouble is told in time, nothing else
 * is.
 */
class ThirtyDaysTest {

    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
    private static final int MINUTES = 30 * 24 * 60;
    private static final DigitallySigned SIGNATURE = signature();

    /** What is wrong with a log at a time. */
    private enum Trouble {
        NONE,
        NO_ANSWER,
        NO_ENTRIES,
        FROZEN,
        JUNK,
        FUTURE,
        SLOW
    }

    /** A trouble, and what has to be said of it within how many minutes. */
    private record Episode(
            Trouble trouble, int from, int to, @Nullable IncidentKind told, int within) {}

    /** A log in thirty days; knows nothing of what it is watched by. */
    private static final class Actor {
        private final KnownLog log;
        private final double perMinute;
        private final List<Episode> episodes;
        private final LogWatch watch = new LogWatch(START);
        private final Random random;
        private final Map<IncidentKind, Integer> since = new EnumMap<>(IncidentKind.class);
        private final List<String> told = new ArrayList<>();
        private double size = 1_000_000;
        private long position = 1_000_000;
        private Instant signed = START;

        Actor(KnownLog log, double perMinute, int seed, Episode... episodes) {
            this.log = log;
            this.perMinute = perMinute;
            this.episodes = List.of(episodes);
            this.random = new Random(seed);
        }

        private Trouble at(int minute) {
            return episodes.stream()
                    .filter(e -> minute >= e.from() && minute < e.to())
                    .map(Episode::trouble)
                    .findFirst()
                    .orElse(Trouble.NONE);
        }

        void live(int minute) {
            Instant now = START.plus(Duration.ofMinutes(minute));
            Trouble trouble = at(minute);
            if (trouble != Trouble.FROZEN) {
                // uneven growth, and a new head at least every hour as logs sign them
                double before = size;
                size += perMinute * 2 * random.nextDouble();
                signed = (long) size > (long) before || minute % 60 == 0 ? now : signed;
                signed = log.protocol() == LogProtocol.STATIC ? now : signed;
            }
            poll(trouble, now);
            for (Observation worry : watch.worries(log, now)) {
                since.putIfAbsent(worry.kind(), minute);
            }
            List<IncidentKind> present =
                    watch.worries(log, now).stream().map(Observation::kind).toList();
            since.entrySet()
                    .removeIf(e -> {
                        boolean passed = !present.contains(e.getKey());
                        if (passed) {
                            told.add(e.getKey() + " " + e.getValue() + " " + minute);
                        }
                        return passed;
                    });
        }

        private void poll(Trouble trouble, Instant now) {
            if (trouble == Trouble.NO_ANSWER || random.nextInt(20) == 0) {
                watch.failed("HTTP 503: simulated");
                return;
            }
            if (trouble == Trouble.JUNK) {
                watch.refusedHead(new LogMisbehaviorException("no signature"), now);
                return;
            }
            boolean stale = random.nextInt(10) == 0;
            watch.sawHead(
                    head(
                            (long) size - (stale ? Math.min(500, position) : 0),
                            trouble == Trouble.FUTURE
                                    ? now.plus(Duration.ofMinutes(20))
                                    : stale ? signed.minus(Duration.ofMinutes(1)) : signed),
                    now);
            if (trouble == Trouble.NO_ENTRIES) {
                watch.failed("HTTP 404: simulated");
                return;
            }
            long most = trouble == Trouble.SLOW ? (long) (perMinute / 2) : 1_000_000;
            position = Math.min((long) size, position + most);
            watch.recorded(position, now);
        }
    }

    @Test
    void everyTroubleIsToldInTimeAndNothingElseIs() {
        List<Actor> actors = actors();
        for (int minute = 0; minute < MINUTES; minute++) {
            for (Actor actor : actors) {
                actor.live(minute);
            }
        }

        assertThat(actors).hasSize(40);
        for (Actor actor : actors) {
            List<String> unexplained = new ArrayList<>(actor.told);
            for (Episode episode : actor.episodes) {
                if (episode.told() == null) {
                    continue;
                }
                String found =
                        actor.told.stream()
                                .filter(t -> t.startsWith(episode.told() + " "))
                                .findFirst()
                                .orElse("nothing");
                assertThat(found)
                        .as("%s, %s", actor.log.description(), episode)
                        .isNotEqualTo("nothing");
                int began = Integer.parseInt(found.split(" ")[1]);
                int ended = Integer.parseInt(found.split(" ")[2]);
                assertThat(began)
                        .as("told, %s %s", actor.log.description(), episode)
                        .isBetween(episode.from(), episode.from() + episode.within());
                assertThat(ended)
                        .as("passed, %s %s", actor.log.description(), episode)
                        .isGreaterThanOrEqualTo(episode.to());
                unexplained.remove(found);
            }
            assertThat(unexplained).as("alarms of %s", actor.log.description()).isEmpty();
            assertThat(actor.since).as("still open of %s", actor.log.description()).isEmpty();
        }
    }

    private static List<Actor> actors() {
        List<Actor> actors = new ArrayList<>();
        int day = 24 * 60;
        // healthy ones: from an entry a day to 100 a second, heads late, early and in disorder
        for (int i = 0; i < 14; i++) {
            double perMinute = new double[] {0.001, 0.05, 1, 20, 300, 2000, 6000}[i / 2];
            actors.add(new Actor(log("healthy " + i, i % 2, LogState.USABLE, null), perMinute, i));
        }
        for (int i = 0; i < 4; i++) {
            actors.add(new Actor(log("pending " + i, i % 2, LogState.PENDING, null), 0.01, 50 + i));
        }
        // a shard whose time is over falls silent; a log that was closed or retired goes away
        for (int i = 0; i < 2; i++) {
            actors.add(
                    new Actor(
                            log("over " + i, i, LogState.USABLE, START.plus(Duration.ofDays(9))),
                            10,
                            60 + i,
                            new Episode(Trouble.FROZEN, 9 * day, 20 * day, null, 0),
                            new Episode(Trouble.NO_ANSWER, 20 * day, MINUTES, null, 0)));
            actors.add(
                    new Actor(
                            log("closed " + i, i, LogState.READONLY, null),
                            0,
                            70 + i,
                            new Episode(Trouble.FROZEN, day, 9 * day, null, 0),
                            new Episode(Trouble.NO_ANSWER, 9 * day, MINUTES, null, 0)));
        }
        for (int i = 0; i < 2; i++) {
            int limit = i == 0 ? 120 : 11;
            // Nimbus, November 2023: 30 hours
            actors.add(
                    troubled("off", i, Trouble.NO_ANSWER, 30 * 60, IncidentKind.NO_ANSWER, limit));
            // Aviator, October 2016: a head of 26.2 hours
            actors.add(
                    troubled(
                            "frozen",
                            i,
                            Trouble.FROZEN,
                            i == 0 ? 26 * 60 + 12 : 3 * 60,
                            IncidentKind.STALE_TREE_HEAD,
                            i == 0 ? 24 * 60 + 61 : 12));
            // Raio and Nessie, 2025: heads are signed, entries do not come
            actors.add(troubled("hole", i, Trouble.NO_ENTRIES, 600, IncidentKind.STALLED, 11 + 20));
            // Wyvern, Sphinx, Sabre, 2025: for a week slower than the log grows
            actors.add(
                    troubled("slow", i, Trouble.SLOW, 7 * day, IncidentKind.FALLING_BEHIND, 120));
            actors.add(troubled("junk", i, Trouble.JUNK, 90, IncidentKind.BAD_TREE_HEAD, 6));
            actors.add(troubled("ahead", i, Trouble.FUTURE, 90, IncidentKind.FUTURE_TREE_HEAD, 3));
            // a restart of the log's front end: not worth a word
            actors.add(troubled("restart", i, Trouble.NO_ANSWER, i == 0 ? 45 : 8, null, 0));
        }
        // a week of nothing but errors
        for (int i = 0; i < 4; i++) {
            actors.add(
                    troubled(
                            "errors " + i,
                            i % 2,
                            Trouble.NO_ANSWER,
                            7 * day,
                            IncidentKind.NO_ANSWER,
                            i % 2 == 0 ? 120 : 11));
        }
        return actors;
    }

    private static Actor troubled(
            String name,
            int protocol,
            Trouble trouble,
            int minutes,
            @Nullable IncidentKind told,
            int within) {
        int from = 10 * 24 * 60 + 17;
        return new Actor(
                log(name + " " + protocol, protocol, LogState.USABLE, null),
                600,
                name.hashCode() + protocol,
                new Episode(trouble, from, from + minutes, told, within));
    }

    private static KnownLog log(String name, int protocol, LogState state, @Nullable Instant end) {
        URI url = URI.create("https://log.example/");
        return new KnownLog(
                LogSigner.ecdsa().publicKey(),
                name,
                "Operator",
                protocol == 0 ? LogProtocol.RFC6962 : LogProtocol.STATIC,
                url,
                url,
                state,
                Optional.empty(),
                protocol == 0 ? Duration.ofDays(1) : Duration.ofMinutes(1),
                Optional.empty(),
                Optional.ofNullable(end).map(e -> new TemporalInterval(Instant.EPOCH, e)),
                Optional.empty());
    }

    private static SignedTreeHead head(long size, Instant signed) {
        return new SignedTreeHead(
                new TreeHead(size, Sha256.hash(new byte[0])),
                signed.toEpochMilli(),
                SIGNATURE,
                "{}");
    }

    private static DigitallySigned signature() {
        try {
            return DigitallySigned.parse(new byte[] {4, 3, 0, 0});
        } catch (LogMisbehaviorException e) {
            throw new AssertionError(e);
        }
    }
}
