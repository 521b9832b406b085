package dev.vigie.delivery;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Talks to one type of channel. It reports what happened and leaves it to the relay to decide. */
public interface Notifier {

    ChannelType type();

    /**
     * Looks at a channel before it is kept.
     *
     * @throws UnusableChannelException if it cannot work
     */
    void check(Destination destination);

    /** A secret for a channel that has to have one and did not bring any; null if it needs none. */
    default @Nullable String newSecret() {
        return null;
    }

    /** Tries once; takes no longer than half a minute and throws nothing. */
    Outcome send(Destination destination, AlertMessage message);

    /** How an attempt ended. */
    sealed interface Outcome {

        /**
         * The other side has it.
         *
         * @param but what was not quite right all the same
         */
        record Delivered(Optional<String> but) implements Outcome {
            public Delivered() {
                this(Optional.empty());
            }
        }

        /**
         * Time-outs, lost connections, most answers that are no success: later it may work.
         *
         * @param after how long the other side wants to be left alone
         * @param reachedSome whether all is well but for some of those whom it is for
         */
        record TryAgain(String reason, Optional<Duration> after, boolean reachedSome)
                implements Outcome {
            public TryAgain(String reason) {
                this(reason, Optional.empty());
            }

            public TryAgain(String reason, Optional<Duration> after) {
                this(reason, after, false);
            }
        }

        /** A last word about this message: a person has to change something first. */
        record Refused(String reason) implements Outcome {}

        /** A last word about the channel: nothing is wanted there any more. */
        record Gone(String reason) implements Outcome {}
    }
}
