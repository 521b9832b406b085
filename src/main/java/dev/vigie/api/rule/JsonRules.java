package dev.vigie.api.rule;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.vigie.api.InvalidRequestException;
import dev.vigie.watchlist.Watchlists;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rules as JSON: {@code {"rules":[...]}}, or the array alone. */
@ApplicationScoped
class JsonRules {

    private final ObjectMapper json;

    JsonRules(ObjectMapper json) {
        this.json = json;
    }

    private record Rules(@Nullable FirstRules rules) {}

    /** Of those that are too many, one is kept. */
    private static final class FirstRules extends ArrayList<RuleResource.@Nullable NewRule> {
        @Override
        public boolean add(RuleResource.@Nullable NewRule rule) {
            return size() <= Watchlists.MAX_IMPORT_RULES && super.add(rule);
        }
    }

    /**
     * Reads all of it, or as much of it as is too much.
     *
     * @throws JsonProcessingException with the path to what is wrong
     */
    List<NumberedRule> read(String text) throws JsonProcessingException {
        boolean bare = text.stripLeading().startsWith("[");
        List<RuleResource.@Nullable NewRule> rules =
                bare
                        ? json.readValue(text, FirstRules.class)
                        : json.readValue(text, Rules.class).rules();
        if (rules == null) {
            throw new InvalidRequestException("rules", "There are no rules.");
        }
        List<NumberedRule> numbered = new ArrayList<>(rules.size());
        for (int i = 0; i < rules.size(); i++) {
            String place = "%s[%d]".formatted(bare ? "" : "rules", i);
            RuleResource.NewRule rule = rules.get(i);
            if (rule == null) {
                throw new InvalidRequestException(place, "This is no rule.");
            }
            numbered.add(new NumberedRule(place, rule));
        }
        return numbered;
    }

    /** Writes as many rules as come. */
    RuleWriter writer(OutputStream out) throws IOException {
        ObjectWriter values =
                json.writerFor(RuleResource.NewRule.class)
                        .without(SerializationFeature.FLUSH_AFTER_WRITE_VALUE);
        JsonGenerator generator =
                json.getFactory()
                        .createGenerator(out)
                        .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        generator.writeStartObject();
        generator.writeArrayFieldStart("rules");
        return new RuleWriter() {
            @Override
            public void write(RuleResource.NewRule rule) throws IOException {
                generator.writeRaw('\n');
                values.writeValue(generator, rule);
            }

            @Override
            public void close() throws IOException {
                generator.writeEndArray();
                generator.writeEndObject();
                generator.writeRaw('\n');
                generator.close();
            }
        };
    }
}
