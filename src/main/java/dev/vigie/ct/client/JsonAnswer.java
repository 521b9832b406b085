package dev.vigie.ct.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.vigie.ct.LogMisbehaviorException;
import dev.vigie.hash.Sha256;
import dev.vigie.net.BoundedBody;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An answer in strict JSON. What is not as the protocol has it is misbehavior.
 *
 * @param question what was asked, for messages
 */
record JsonAnswer(String question, JsonNode object) {

    /** A tree has no more levels. */
    private static final int MOST_HASHES = 64;

    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    static JsonAnswer parse(String question, BoundedBody body)
            throws IOException, LogMisbehaviorException {
        try {
            return new JsonAnswer(question, JSON.readTree(body.buffer(), 0, body.length()));
        } catch (JsonProcessingException e) {
            throw new LogMisbehaviorException("the answer to " + question + " is not JSON", e);
        }
    }

    /** A number that is not negative. */
    long number(String member) throws LogMisbehaviorException {
        JsonNode value = object.path(member);
        if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 0) {
            throw unusable(member, null);
        }
        return value.longValue();
    }

    /** Bytes in base64. */
    byte[] bytes(String member) throws LogMisbehaviorException {
        JsonNode value = object.path(member);
        if (!value.isTextual()) {
            throw unusable(member, null);
        }
        try {
            return Base64.getDecoder().decode(value.textValue());
        } catch (IllegalArgumentException e) {
            throw unusable(member, e);
        }
    }

    /** The hashes of a proof, at most 64. Servers written in Go say null for none. */
    List<Sha256> hashes(String member) throws LogMisbehaviorException {
        JsonNode values = object.path(member);
        if (values.isNull()) {
            return List.of();
        }
        if (!values.isArray() || values.size() > MOST_HASHES) {
            throw unusable(member, null);
        }
        List<Sha256> hashes = new ArrayList<>(values.size());
        for (JsonNode value : values) {
            hashes.add(hash(value, member));
        }
        return hashes;
    }

    private Sha256 hash(JsonNode value, String member) throws LogMisbehaviorException {
        try {
            Sha256 hash = Sha256.parseBase64(value.asText());
            if (value.isTextual() && hash.base64().equals(value.textValue())) {
                return hash;
            }
        } catch (IllegalArgumentException e) {
            throw unusable(member, e);
        }
        throw unusable(member, null);
    }

    private LogMisbehaviorException unusable(
            String member, @Nullable IllegalArgumentException cause) {
        String message = "the answer to " + question + " has no usable " + member;
        return cause == null
                ? new LogMisbehaviorException(message)
                : new LogMisbehaviorException(message, cause);
    }
}
