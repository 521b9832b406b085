package dev.vigie.api;

import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.ext.ParamConverter;
import jakarta.ws.rs.ext.ParamConverterProvider;
import jakarta.ws.rs.ext.Provider;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Takes an id of a path in one form only, or the audit would know a thing by several names. */
@Provider
class CanonicalIds implements ParamConverterProvider {

    private static final ParamConverter<UUID> CONVERTER =
            new ParamConverter<>() {
                @Override
                public UUID fromString(String text) {
                    UUID id = UUID.fromString(text);
                    if (!id.toString().equals(text)) {
                        throw new NotFoundException();
                    }
                    return id;
                }

                @Override
                public String toString(UUID id) {
                    return id.toString();
                }
            };

    @Override
    @SuppressWarnings("unchecked") // it is one of this type
    public <T> @Nullable ParamConverter<T> getConverter(
            Class<T> type, Type genericType, Annotation[] annotations) {
        return type.equals(UUID.class) ? (ParamConverter<T>) CONVERTER : null;
    }
}
