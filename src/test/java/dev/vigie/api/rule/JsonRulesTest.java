package dev.vigie.api.rule;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vigie.watchlist.Watchlists;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules in JSON are read one by one, and no more of them than are taken. */
class JsonRulesTest {

    private final JsonRules json = new JsonRules(new ObjectMapper());

    @ParameterizedTest
    @ValueSource(strings = {"[%s]", "{\"rules\":[%s]}"})
    void noMoreIsReadThanIsTooMuch(String body) throws JsonProcessingException {
        String rule = "{\"kind\":\"EXACT\",\"pattern\":\"a\"}";
        String rules = (rule + ",").repeat(2 * Watchlists.MAX_IMPORT_RULES) + rule;

        assertThat(json.read(body.formatted(rules))).hasSize(Watchlists.MAX_IMPORT_RULES + 1);
    }
}
