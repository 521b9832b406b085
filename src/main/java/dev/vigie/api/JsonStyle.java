package dev.vigie.api;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.deser.std.StringDeserializer;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import io.quarkus.jackson.ObjectMapperCustomizer;
import jakarta.inject.Singleton;
import java.io.IOException;

/** How values look in JSON: enums in lower case, and nothing twice. */
@Singleton
public class JsonStyle implements ObjectMapperCustomizer {

    @Override
    @SuppressWarnings("deprecation") // the mapper is built by Quarkus, there is no builder
    public void customize(ObjectMapper mapper) {
        mapper.configure(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS, true);
        mapper.configure(JsonParser.Feature.STRICT_DUPLICATE_DETECTION, true);
        mapper.configure(DeserializationFeature.FAIL_ON_TRAILING_TOKENS, true);
        mapper.registerModule(
                new SimpleModule()
                        .addSerializer(new LowerCase())
                        .addDeserializer(String.class, new StorableText()));
    }

    /** Not every database can keep a NUL or half a character, so none is given any. */
    private static final class StorableText extends StdScalarDeserializer<String> {

        private static final long serialVersionUID = 1L;

        StorableText() {
            super(String.class);
        }

        @Override
        public String deserialize(JsonParser json, DeserializationContext context)
                throws IOException {
            String text = StringDeserializer.instance.deserialize(json, context);
            if (!Parse.isStorable(text)) {
                throw new UnstorableTextException(json);
            }
            return text;
        }
    }

    /** A text contains what no text field may contain. */
    public static final class UnstorableTextException extends MismatchedInputException {

        private static final long serialVersionUID = 1L;

        UnstorableTextException(JsonParser json) {
            super(json, "NUL or half a surrogate pair", String.class);
        }
    }

    @SuppressWarnings("rawtypes")
    private static final class LowerCase extends StdSerializer<Enum> {

        private static final long serialVersionUID = 1L;

        LowerCase() {
            super(Enum.class);
        }

        @Override
        public void serialize(Enum value, JsonGenerator json, SerializerProvider provider)
                throws IOException {
            json.writeString(Parse.shown(value));
        }
    }
}
