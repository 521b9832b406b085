package dev.vigie.access.password;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Makes and checks what is kept of passwords. */
@ApplicationScoped
public class Passwords {

    /** A sign can be typed as several, which are one once normalised. */
    private static final int LONGEST_TYPED = 2048;

    private final HashSlots slots = new HashSlots(2, Duration.ofSeconds(2), 16);
    private final PasswordHash nobodys = PasswordHash.ofNobody();

    /**
     * How a password was found.
     *
     * @param fits whether it is the right one
     * @param isOutdated whether its hash should be made anew
     */
    public record Verdict(boolean fits, boolean isOutdated) {}

    /**
     * What to keep of a new password.
     *
     * @throws UnusablePasswordException if it is too easy to guess
     * @throws HashingBusyException if there is no room for that now
     */
    public String hash(String userName, String password) {
        String normalised = normalised(password);
        PasswordRules.check(userName, normalised);
        return hash(normalised);
    }

    /** Anew, of a password that was accepted before. */
    public String rehash(String password) {
        return hash(PasswordRules.normalised(password));
    }

    private String hash(String normalised) {
        return slots.run(() -> PasswordHash.of(normalised).toString());
    }

    /**
     * Takes as long whether there is a hash or not.
     *
     * @param kept null if there is none
     * @throws HashingBusyException if there is no room for that now
     */
    public Verdict check(String password, @Nullable String kept) {
        String normalised = normalised(password);
        PasswordHash hash = kept == null ? nobodys : PasswordHash.parse(kept);
        boolean fits = slots.run(() -> hash.fits(normalised));
        return new Verdict(fits && kept != null, !hash.isCurrent());
    }

    /** Nobody has a longer one, so no work is spent on it. */
    private static String normalised(String password) {
        String normalised =
                password.length() > LONGEST_TYPED ? "" : PasswordRules.normalised(password);
        if (normalised.isEmpty() || !PasswordRules.isPossible(normalised)) {
            throw new UnusablePasswordException("A password has 12 to 256 characters.");
        }
        return normalised;
    }
}
