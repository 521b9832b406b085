package dev.vigie.api.rule;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SequenceWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.dataformat.csv.CsvGenerator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import dev.vigie.api.CsvCell;
import dev.vigie.api.InvalidRequestException;
import dev.vigie.api.Parse;
import dev.vigie.dns.InertName;
import dev.vigie.rule.RuleKind;
import dev.vigie.watchlist.Severity;
import dev.vigie.watchlist.Watchlists;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Rules as CSV (RFC 4180) with a header line; the columns may stand in any order, and all but
 * {@code kind} and {@code pattern} may be left out. Options are a JSON object in a cell.
 */
@ApplicationScoped
class CsvRules {

    private static final List<String> COLUMNS =
            List.of("kind", "pattern", "severity", "enabled", "comment", "options");
    private static final CsvMapper CSV = new CsvMapper();

    private final ObjectMapper json;

    CsvRules(ObjectMapper json) {
        this.json = json;
    }

    /**
     * Reads a whole table, or as much of it as is too much.
     *
     * @throws InvalidRequestException with the number of the line
     */
    List<NumberedRule> read(String text) {
        List<NumberedRule> rules = new ArrayList<>();
        String place = "Line 1";
        try (MappingIterator<String[]> rows =
                CSV.readerFor(String[].class)
                        .withFeatures(
                                CsvParser.Feature.WRAP_AS_ARRAY, CsvParser.Feature.SKIP_EMPTY_LINES)
                        .readValues(text)) {
            List<String> header = null;
            while (rules.size() <= Watchlists.MAX_IMPORT_RULES && rows.hasNextValue()) {
                place = "Line " + rows.getCurrentLocation().getLineNr();
                String[] row = rows.nextValue();
                if (header == null) {
                    header = header(row);
                } else {
                    rules.add(new NumberedRule(place, rule(place, header, row)));
                }
            }
            return rules;
        } catch (JsonProcessingException e) {
            throw new InvalidRequestException("body", place + ": this is no CSV.");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> header(String[] row) {
        List<String> header =
                Arrays.stream(row).map(name -> name.strip().toLowerCase(Locale.ROOT)).toList();
        for (String name : header) {
            if (!COLUMNS.contains(name)) {
                throw new InvalidRequestException(
                        "body",
                        "Line 1: there is no column '%s'; the columns are %s."
                                .formatted(InertName.of(name).text(), String.join(",", COLUMNS)));
            }
        }
        if (header.stream().distinct().count() < header.size()
                || !header.containsAll(List.of("kind", "pattern"))) {
            throw new InvalidRequestException(
                    "body", "Line 1: the columns kind and pattern are needed, and each only once.");
        }
        return header;
    }

    private RuleResource.NewRule rule(String place, List<String> header, String[] row) {
        if (row.length > header.size()) {
            throw new InvalidRequestException(
                    "body", place + ": there are more cells than columns.");
        }
        Function<String, @Nullable String> cell =
                column -> {
                    int at = header.indexOf(column);
                    String text = at < 0 || at >= row.length ? "" : CsvCell.plain(row[at]);
                    return text.isEmpty() ? null : text;
                };
        try {
            return new RuleResource.NewRule(
                    needed("kind", Parse.choice(RuleKind.class, "kind", cell.apply("kind"))),
                    needed("pattern", cell.apply("pattern")),
                    Parse.choice(Severity.class, "severity", cell.apply("severity")),
                    enabled(cell.apply("enabled")),
                    options(cell.apply("options")),
                    Parse.text("comment", cell.apply("comment")));
        } catch (InvalidRequestException e) {
            throw new InvalidRequestException(e.field(), place + ": " + e.getMessage());
        }
    }

    private static <T> T needed(String column, @Nullable T value) {
        if (value == null) {
            throw new InvalidRequestException(column, "A rule needs a %s.".formatted(column));
        }
        return value;
    }

    private static @Nullable Boolean enabled(@Nullable String cell) {
        if (cell == null) {
            return null;
        }
        return switch (cell.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new InvalidRequestException("enabled", "It is either true or false.");
        };
    }

    private @Nullable RuleOptionsBody options(@Nullable String cell) {
        try {
            return cell == null ? null : json.readValue(cell, RuleOptionsBody.class);
        } catch (JsonProcessingException e) {
            throw new InvalidRequestException("options", "This is no JSON object.");
        }
    }

    /** Writes the header line and as many rules as come. */
    RuleWriter writer(OutputStream out) throws IOException {
        var schema = CsvSchema.builder().setUseHeader(false).setLineSeparator("\r\n");
        COLUMNS.forEach(schema::addColumn);
        SequenceWriter rows =
                CSV.writer(schema.build())
                        .with(CsvGenerator.Feature.ALWAYS_QUOTE_STRINGS)
                        .without(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
                        .without(SerializationFeature.FLUSH_AFTER_WRITE_VALUE)
                        .writeValues(out);
        out.write((String.join(",", COLUMNS) + "\r\n").getBytes(StandardCharsets.US_ASCII));
        return new RuleWriter() {
            @Override
            public void write(RuleResource.NewRule rule) throws IOException {
                rows.write(cells(rule));
            }

            @Override
            public void close() throws IOException {
                rows.close();
            }
        };
    }

    private String[] cells(RuleResource.NewRule rule) throws JsonProcessingException {
        String options = json.writeValueAsString(rule.options());
        return new String[] {
            Parse.shown(rule.kind()),
            CsvCell.harmless(rule.pattern()),
            rule.severity() == null ? "" : Parse.shown(rule.severity()),
            String.valueOf(rule.enabled()),
            CsvCell.harmless(rule.comment() == null ? "" : rule.comment()),
            options.equals("{}") || options.equals("null") ? "" : CsvCell.harmless(options)
        };
    }
}
