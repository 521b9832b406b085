package dev.vigie.delivery;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;

/** A channel's policy as JSON text. */
@Converter
public class ChannelPolicyConverter implements AttributeConverter<ChannelPolicy, String> {

    private static final String USUAL = "{}";
    private static final ObjectMapper JSON =
            JsonMapper.builder()
                    .addModule(new JavaTimeModule())
                    .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                    .build();

    @Override
    public String convertToDatabaseColumn(ChannelPolicy policy) {
        try {
            return policy.equals(ChannelPolicy.USUAL) ? USUAL : JSON.writeValueAsString(policy);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @Override
    public ChannelPolicy convertToEntityAttribute(String json) {
        return read(json);
    }

    /** Reads what is in the database. */
    public static ChannelPolicy read(String json) {
        if (json.equals(USUAL)) {
            return ChannelPolicy.USUAL;
        }
        try {
            return JSON.readValue(json, ChannelPolicy.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("no policy in the database: " + json, e);
        }
    }
}
