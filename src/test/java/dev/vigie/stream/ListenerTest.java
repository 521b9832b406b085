package dev.vigie.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What waits for a client, and what is lost. */
class ListenerTest {

    private final Counter sent = new SimpleMeterRegistry().counter("sent");
    private final Counter dropped = new SimpleMeterRegistry().counter("dropped");
    private final FakeOutlet outlet = new FakeOutlet();
    private final Listener listener =
            new Listener(Feed.LITE, new Guest(null, null), outlet, 10, sent, dropped);

    /** Takes messages as long as a test wants it to. */
    private static final class FakeOutlet implements Outlet {
        final List<String> sent = new ArrayList<>();
        boolean full;
        boolean alive;
        boolean closed;

        @Override
        public void run(Runnable work) {
            work.run();
        }

        @Override
        public boolean isFull() {
            return full;
        }

        @Override
        public void send(String json) {
            sent.add(json);
        }

        @Override
        public void beat(String json) {
            sent.add(json);
        }

        @Override
        public void probe(Listener asked) {
            if (alive) {
                asked.answered();
            }
        }

        @Override
        public void close(String reason) {
            closed = true;
        }
    }

    private static List<String> numbers(int from, int to) {
        return IntStream.range(from, to).mapToObj(Integer::toString).toList();
    }

    @Test
    void whatALineTakesIsSentAtOnceAndInOrder() {
        numbers(0, 1_000).forEach(listener::offer);

        assertThat(outlet.sent).isEqualTo(numbers(0, 1_000));
        assertThat(sent.count()).isEqualTo(1_000);
        assertThat(dropped.count()).isZero();
    }

    @Test
    void ofWhatALineDoesNotTakeTheOldestIsLostAndCounted() {
        outlet.full = true;
        numbers(0, 100).forEach(listener::offer);
        assertThat(outlet.sent).isEmpty();

        outlet.full = false;
        listener.drained();

        assertThat(outlet.sent).isEqualTo(numbers(90, 100));
        assertThat(dropped.count()).isEqualTo(90);
        listener.offer("again");
        assertThat(outlet.sent).endsWith("again");
    }

    @Test
    void fewLargeMessagesAreAsManyAsManySmallOnes() {
        outlet.full = true;
        IntStream.range(0, 9).forEach(i -> listener.offer("x".repeat(4 << 20)));

        assertThat(dropped.count()).isEqualTo(5);
    }

    @Test
    void whoeverDoesNotAnswerTwiceIsClosed() {
        outlet.alive = true;
        IntStream.range(0, 10).forEach(i -> listener.beat("beat"));
        assertThat(outlet.closed).isFalse();
        outlet.alive = false;
        listener.beat("beat");
        listener.beat("beat");
        assertThat(outlet.closed).isFalse();

        listener.beat("beat");

        assertThat(outlet.closed).isTrue();
    }

    @Test
    void nothingWaitsForOneThatIsGone() {
        outlet.full = true;
        listener.offer("lost");
        listener.closed();
        outlet.full = false;

        listener.offer("lost too");
        listener.drained();

        assertThat(outlet.sent).isEmpty();
    }

    @Test
    void thatALineTakesMessagesAgainIsASignOfLife() {
        IntStream.range(0, 10)
                .forEach(i -> {
                    outlet.full = true;
                    listener.beat("beat");
                    outlet.full = false;
                    listener.drained();
                });

        assertThat(outlet.closed).isFalse();
    }

    @Test
    void whoeverTakesNothingIsClosed() {
        outlet.full = true;

        IntStream.range(0, 3).forEach(i -> listener.beat("beat"));

        assertThat(outlet.closed).isTrue();
    }
}
