package dev.vigie.access.password;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordRulesTest {

    @ParameterizedTest
    @CsvSource({
        "short pass1, 12 to 256",
        "aaaaaaaaaaaabbbbcccd, fewer than 5",
        "121212121212121212, fewer than 5",
        "Correct Horse Battery Staple, Many people",
        "QwertyUiop123, Many people",
        "1q2w3e4r5t6y, Many people",
        "Anna.Smith2027, user's name",
        "anna.smithanna.smith!, user's name",
        "anna.smith@example.com, user's name",
        "Password2027!, word that others",
        "vigievigie2027, word that others",
        "xPASSWORDy123, word that others",
        "Summer2026!!!, numbers and signs",
        "Sommer-2026-Herbst, numbers and signs",
        "W3lc0me!W3lc0me!, numbers and signs",
        "P@$$w0rd-1234, numbers and signs",
        "letmein letmein now, numbers and signs",
        "1234admin5678abc, numbers and signs"
    })
    void whatOthersTryFirstIsRefused(String password, String reason) {
        assertThatThrownBy(() -> PasswordRules.check("Anna.Smith@example.com", password))
                .isInstanceOf(UnusablePasswordException.class)
                .hasMessageContaining(reason);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "seven green bicycles",
                "xkcd-936-is-old",
                "aaaaaaaaaaaa bcd",
                "summer rain on a tin roof",
                "83921-77120-11",
                "x9$K2!pq73#Z",
                "my password is kept in a drawer of anna",
                "\u8fd9\u662f\u4e00\u4e2a\u5f88\u957f\u7684\u5bc6\u7801\u4e0d\u662f\u5417",
                "\ud83d\ude00\ud83d\ude01\ud83d\ude02\ud83d\ude03\ud83d\ude04\ud83d\ude05 and six"
            })
    void allElseIsTaken(String password) {
        assertThatCode(() -> PasswordRules.check("anna", password)).doesNotThrowAnyException();
    }
}
