package dev.vigie.access.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@NullUnmarked
class PasswordHashTest {

    private static final String GOOD = "seven green bicycles";
    private final Passwords passwords = new Passwords();

    /** Of the reference implementation's own tests. */
    @Test
    void whatOthersHaveHashedFits() {
        PasswordHash others =
                PasswordHash.parse(
                        "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ"
                                + "$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc");

        assertThat(others.fits("password")).isTrue();
        assertThat(others.fits("passwore")).isFalse();
        assertThat(others.isCurrent()).isFalse();
    }

    @Test
    void whatIsKeptIsReadAgainAndIsNeverTheSame() {
        String kept = passwords.hash("anna", GOOD);

        assertThat(kept).startsWith("$argon2id$v=19$m=19456,t=2,p=1$").hasSize(97);
        assertThat(PasswordHash.parse(kept)).hasToString(kept);
        assertThat(passwords.hash("anna", GOOD)).isNotEqualTo(kept);
        assertThat(passwords.check(GOOD, kept)).isEqualTo(new Passwords.Verdict(true, false));
        assertThat(passwords.check(GOOD + " ", kept).fits()).isFalse();
        assertThat(passwords.check(GOOD, null).fits()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "$argon2i$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8Ar",
                "$argon2id$v=16$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHApl8A",
                "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$",
                "5f4dcc3b5aa765d61d8327deb882cf99"
            })
    void whatIsNoHashIsRefused(String text) {
        assertThatThrownBy(() -> PasswordHash.parse(text))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theSameTextTypedInAnotherWayIsTheSamePassword() {
        String kept = passwords.hash("anna", "caf\u00e9 m\u00fcnchen 77");

        assertThat(passwords.check("cafe\u0301 mu\u0308nchen 77", kept).fits()).isTrue();
        assertThat(passwords.check("cafe munchen 77", kept).fits()).isFalse();
    }

    @Test
    void allOfTheLongestPasswordCounts() {
        String longest = "bicycle ".repeat(32);
        String kept = passwords.hash("anna", longest);

        assertThat(passwords.check(longest, kept).fits()).isTrue();
        assertThat(passwords.check(longest.substring(0, 255) + "x", kept).fits()).isFalse();
        assertThat(passwords.check(longest.substring(0, 72), kept).fits()).isFalse();
    }

    /** 256 signs of which each is typed as two. */
    @Test
    void lengthIsThatOfSignsNotOfKeys() {
        String typed = "e\u0301a\u0300o\u0302u\u0308n\u0303i\u0308c\u0327y\u0301".repeat(32);

        assertThat(passwords.check(typed, passwords.hash("anna", typed)).fits()).isTrue();
    }

    @Test
    void noWorkIsSpentOnWhatIsNobodysPassword() {
        String megabyte = "0123456789abcdef".repeat(1 << 16);

        // a hash that cannot be read shows that none is made
        assertThatThrownBy(() -> passwords.check(megabyte, "unreadable"))
                .isInstanceOf(UnusablePasswordException.class);
        assertThatThrownBy(() -> passwords.check("x".repeat(257), "unreadable"))
                .isInstanceOf(UnusablePasswordException.class);
        assertThatThrownBy(() -> passwords.hash("anna", megabyte))
                .isInstanceOf(UnusablePasswordException.class);
    }
}
