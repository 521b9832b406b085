package dev.vigie.access;

import dev.vigie.access.guess.ClientAddress;
import dev.vigie.dns.InertName;
import io.quarkus.logging.Log;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import org.jspecify.annotations.Nullable;

/** Says who tried to log in. */
@ApplicationScoped
class Attempts {

    private final Event<Attempt> events;

    Attempts(Event<Attempt> events) {
        this.events = events;
    }

    void note(@Nullable String name, ClientAddress address, Attempt.Outcome outcome) {
        String shown = name == null ? "unknown" : InertName.of(name).text();
        switch (outcome) {
            case LOGGED_IN -> Log.infof("logged in user=%s address=%s", shown, address.text());
            case LOGGED_OUT -> Log.infof("logged out user=%s address=%s", shown, address.text());
            case PASSWORD_CHANGED ->
                    Log.infof("password changed user=%s address=%s", shown, address.text());
            case FAILED -> Log.warnf("login failed user=%s address=%s", shown, address.text());
            case BLOCKED ->
                    Log.warnf("logins are blocked user=%s address=%s", shown, address.text());
            case UNKNOWN ->
                    Log.warnf("login of a stranger user=%s address=%s", shown, address.text());
        }
        events.fire(new Attempt(name, address.text(), outcome));
    }
}
