package dev.vigie.delivery;

import java.time.Duration;
import java.util.Optional;

/** Talks to one type of channel. It reports what happened and leaves it to the relay to decide. */
interface Notifier {

    ChannelType type();

    /** Tries once; takes no longer than half a minute and throws nothing. */
    Outcome send(Channel channel, AlertMessage message);

    /** How an attempt ended. */
    sealed interface Outcome {

        /** The other side has it. */
        record Delivered() implements Outcome {}

        /** Time-outs, lost connections, most answers that are no success: later it may work. */
        record TryAgain(String reason, Optional<Duration> after) implements Outcome {}

        /** A last word: a person has to change something first. */
        record Refused(String reason) implements Outcome {}
    }
}
