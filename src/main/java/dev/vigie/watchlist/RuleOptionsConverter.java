package dev.vigie.watchlist;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vigie.rule.RuleOptions;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;

/** A rule's options as JSON text. */
@Converter
class RuleOptionsConverter implements AttributeConverter<RuleOptions, String> {

    private static final String NOTHING = "{}";
    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public String convertToDatabaseColumn(RuleOptions options) {
        return write(options);
    }

    @Override
    public RuleOptions convertToEntityAttribute(String json) {
        return read(json);
    }

    static String write(RuleOptions options) {
        try {
            return JSON.writeValueAsString(options);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static RuleOptions read(String json) {
        if (json.equals(NOTHING)) {
            return RuleOptions.NONE; // as for a million rules
        }
        try {
            return JSON.readValue(json, RuleOptions.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("no rule options in the database: " + json, e);
        }
    }
}
