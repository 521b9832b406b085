package dev.vigie.api.description;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Properties;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.jspecify.annotations.Nullable;

/** What fields mean: a table, so that words can be compared and no record is hidden by them. */
final class ApiFields {

    static final String TABLE = "/api_fields.properties";
    private static final String PAGE = "Page";

    private final Properties meanings = new Properties();

    ApiFields() {
        try (InputStream table =
                Objects.requireNonNull(ApiFields.class.getResourceAsStream(TABLE), TABLE)) {
            meanings.load(new InputStreamReader(table, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Describes all fields of a schema that do not describe themselves. */
    void describe(String name, Schema schema) {
        if (schema.getProperties() != null) {
            schema.getProperties()
                    .forEach((field, content) -> {
                        if (content.getDescription() == null) {
                            content.setDescription(meaning(name, field));
                        }
                    });
        }
    }

    private @Nullable String meaning(String schema, String field) {
        String owner = schema.startsWith(PAGE) ? PAGE : schema;
        return meanings.getProperty(owner + "." + field, meanings.getProperty(field));
    }
}
