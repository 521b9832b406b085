package dev.vigie.recent;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;

/** Certificates as a log would bring them, at an even pace, without making any. */
final class SampleFeed {

    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    static final long SEED = 7;

    final CertificateSample sample;
    private final Random random = new Random(SEED);
    private final NameBytes names = new NameBytes();
    private long time = START.toEpochMilli();
    private long number;
    int added;

    SampleFeed(long bytes) {
        sample = new CertificateSample(bytes, SEED);
    }

    /** So many certificates in that time; every {@code watchedOneIn}-th is for a watched name. */
    SampleFeed add(int count, Duration span, int watchedOneIn) {
        long begin = time;
        for (int i = 0; i < count; i++) {
            time = begin + span.toMillis() * i / count;
            long key = ++number;
            boolean watched = random.nextInt(watchedOneIn) == 0;
            if (sample.wants(key)) {
                add(key, watched ? "www.watched.example" : "host" + key + ".stranger.example");
            }
        }
        time = begin + span.toMillis();
        return this;
    }

    private void add(long key, String name) {
        names.clear();
        byte[] bytes = name.getBytes(StandardCharsets.US_ASCII);
        names.dnsName(bytes, 0, bytes.length);
        sample.add(time, key, random.nextLong(), names);
        added++;
    }
}
