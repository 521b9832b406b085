package dev.vigie.delivery;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

/** The border of the process: keeps what would be sent, and says how that went. */
final class FakeNotifier implements Notifier {

    /** One attempt. */
    record Sent(Instant at, UUID channelId, AlertMessage message) {

        /** How many matches it tells of. */
        long count() {
            return switch (message.content()) {
                case AlertContent.Matches m -> m.count();
                case AlertContent.Digest d -> d.count();
                default -> 0;
            };
        }
    }

    private final ChannelType type;
    private final InstantSource clock;
    private final Function<Destination, Outcome> answer;
    private final Queue<Sent> attempts = new ConcurrentLinkedQueue<>();

    FakeNotifier(ChannelType type, InstantSource clock, Function<Destination, Outcome> answer) {
        this.type = type;
        this.clock = clock;
        this.answer = answer;
    }

    @Override
    public ChannelType type() {
        return type;
    }

    @Override
    public void check(Destination destination) {}

    @Override
    public Outcome send(Destination destination, AlertMessage message) {
        attempts.add(new Sent(clock.instant(), destination.channelId(), message));
        return answer.apply(destination);
    }

    /** All attempts so far, in their order. */
    List<Sent> attempts() {
        return new ArrayList<>(attempts);
    }

    /** The types of what was said, in its order. */
    List<String> types() {
        return attempts().stream().map(sent -> sent.message().type()).toList();
    }

    /** How many matches each message told of, in their order. */
    List<Long> counts() {
        return attempts().stream().map(Sent::count).toList();
    }

    void forget() {
        attempts.clear();
    }
}
