package dev.vigie.api.match;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.SequenceWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.dataformat.csv.CsvGenerator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import dev.vigie.api.CsvCell;
import dev.vigie.api.Parse;
import dev.vigie.dns.InertName;
import dev.vigie.match.MatchView;
import dev.vigie.match.Matches;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Matches as CSV (RFC 4180); what a spreadsheet would take for a formula is guarded. */
final class MatchTable {

    private static final CsvMapper CSV = new CsvMapper();
    private static final Map<String, Function<MatchView, @Nullable Object>> COLUMNS = columns();

    private MatchTable() {}

    private static Map<String, Function<MatchView, @Nullable Object>> columns() {
        Map<String, Function<MatchView, @Nullable Object>> columns = new LinkedHashMap<>();
        columns.put("id", MatchView::id);
        columns.put("firstSeen", MatchView::firstSeen);
        columns.put("severity", match -> Parse.shown(match.severity()));
        columns.put("status", match -> Parse.shown(match.status()));
        columns.put("proven", MatchView::proven);
        columns.put("watchlistId", MatchView::watchlistId);
        columns.put("ruleId", MatchView::ruleId);
        columns.put("names", match -> list(match.names()));
        columns.put("nameCount", MatchView::nameCount);
        columns.put("registrableDomain", MatchView::registrableDomain);
        columns.put("reasons", match -> list(match.reasons()));
        columns.put("subject", of(MatchView.Certificate::subject));
        columns.put("issuer", of(MatchView.Certificate::issuer));
        columns.put("serialNumber", of(MatchView.Certificate::serialNumber));
        columns.put("notBefore", of(MatchView.Certificate::notBefore));
        columns.put("notAfter", of(MatchView.Certificate::notAfter));
        columns.put("dnsNames", of(certificate -> list(certificate.dnsNames())));
        columns.put("sha256", of(MatchView.Certificate::sha256));
        columns.put("tbsSha256", of(MatchView.Certificate::tbsSha256));
        columns.put(
                "sightings",
                match ->
                        match.sightings().stream()
                                .map(place -> place.logId() + ":" + place.index())
                                .collect(Collectors.joining(" ")));
        columns.put("comment", MatchView::comment);
        columns.put("assignee", MatchView::assignee);
        return columns;
    }

    private static Function<MatchView, @Nullable Object> of(
            Function<MatchView.Certificate, @Nullable Object> column) {
        return match -> match.certificate() == null ? null : column.apply(match.certificate());
    }

    /** Names hold no blanks, and reasons are sentences. */
    private static String list(List<InertName> texts) {
        return texts.stream().map(InertName::text).collect(Collectors.joining("; "));
    }

    static void write(OutputStream out, MatchExportResource.Pages pages) throws IOException {
        var schema = CsvSchema.builder().setUseHeader(false).setLineSeparator("\r\n");
        COLUMNS.keySet().forEach(schema::addColumn);
        out.write(
                (String.join(",", COLUMNS.keySet()) + "\r\n").getBytes(StandardCharsets.US_ASCII));
        SequenceWriter rows =
                CSV.writer(schema.build())
                        .with(CsvGenerator.Feature.ALWAYS_QUOTE_STRINGS)
                        .without(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
                        .without(SerializationFeature.FLUSH_AFTER_WRITE_VALUE)
                        .writeValues(out);
        for (Matches.Part part = pages.next(); part != null; part = pages.next()) {
            for (MatchView match : part.matches()) {
                rows.write(row(match));
            }
        }
        rows.close();
    }

    private static String[] row(MatchView match) {
        return COLUMNS.values().stream()
                .map(column -> Objects.toString(cell(column.apply(match)), ""))
                .map(CsvCell::harmless)
                .toArray(String[]::new);
    }

    private static @Nullable Object cell(@Nullable Object value) {
        return value instanceof InertName name ? name.text() : value;
    }
}
