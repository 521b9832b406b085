package dev.vigie.stream;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import dev.vigie.ct.EntryBatch;
import dev.vigie.ct.EntryType;
import dev.vigie.ct.ExtraData;
import dev.vigie.ct.client.TilePath;
import dev.vigie.ct.loglist.KnownLog;
import dev.vigie.ct.loglist.LogProtocol;
import dev.vigie.dns.InertName;
import dev.vigie.follow.LoggedEntry;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The messages of one entry in certstream's JSON, all of it ASCII. */
final class EntryMessages {

    /** No honest certificate needs as much, and each client would have to be sent it. */
    private static final int LONGEST = 1 << 20;

    private static final int TILE_WIDTH = 256;

    private static final JsonFactory JSON =
            JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private final LoggedEntry.Reader reader;
    private final EntryBatch batch;
    private final int place;
    private final Instant seen;
    private @Nullable LoggedEntry entry;
    private @Nullable List<InertName> names;

    EntryMessages(LoggedEntry.Reader reader, EntryBatch batch, int place, Instant seen) {
        this.reader = reader;
        this.batch = batch;
        this.place = place;
        this.seen = seen;
    }

    private interface Content {
        void write(JsonGenerator json) throws IOException;
    }

    private static String write(String type, Content content) {
        var text = new StringWriter(2048);
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("message_type", type);
            content.write(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // nothing is written to but memory
        }
        return text.toString();
    }

    /** What says only that the line is alive. */
    static String heartbeat(Instant now) {
        return write("heartbeat", json -> json.writeNumberField("timestamp", seconds(now)));
    }

    /** The message for a feed; empty if it would be too long. */
    Optional<String> of(Feed feed) {
        if (entry == null) {
            entry = reader.read(batch, place);
            names = PossibleNames.of(entry);
        }
        LoggedEntry read = entry;
        if (read.certificate().length > LONGEST) {
            return Optional.empty();
        }
        String message =
                feed == Feed.DOMAINS
                        ? write("dns_entries", json -> writeNames(json, "data"))
                        : write("certificate_update", json -> writeData(json, read, feed));
        return Optional.of(message).filter(text -> text.length() <= LONGEST);
    }

    private void writeNames(JsonGenerator json, String field) throws IOException {
        json.writeArrayFieldStart(field);
        for (InertName name : names == null ? List.<InertName>of() : names) {
            json.writeString(name.text());
        }
        json.writeEndArray();
    }

    private void writeData(JsonGenerator json, LoggedEntry read, Feed feed) throws IOException {
        boolean full = feed == Feed.FULL;
        boolean precert = read.type() == EntryType.PRECERT;
        json.writeObjectFieldStart("data");
        json.writeStringField("update_type", precert ? "PrecertLogEntry" : "X509LogEntry");
        json.writeObjectFieldStart("leaf_cert");
        var leaf = new CertificateJson(read.tbs(), read.certificate());
        leaf.write(json, precert, full);
        writeNames(json, "all_domains");
        json.writeEndObject();
        if (full) {
            writeChain(json, read.type());
        }
        json.writeNumberField("cert_index", read.index());
        json.writeStringField("cert_link", link(read.log(), read.index()));
        json.writeNumberField("seen", seconds(seen));
        json.writeObjectFieldStart("source");
        json.writeStringField("url", read.log().url().toString());
        json.writeStringField("name", InertName.ofWords(read.log().description()).text());
        json.writeEndObject();
        json.writeEndObject();
    }

    private void writeChain(JsonGenerator json, EntryType type) throws IOException {
        json.writeArrayFieldStart("chain");
        for (byte[] issuer : chain(type)) {
            json.writeStartObject();
            CertificateJson.ofCertificate(issuer).write(json, false, true);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** Static logs keep the issuers apart. */
    private List<byte[]> chain(EntryType type) {
        try {
            return batch.hasExtra(place) ? ExtraData.of(batch, place, type).chain() : List.of();
        } catch (IllegalArgumentException e) {
            return List.of(); // nothing vouches for it anyway
        }
    }

    private static String link(KnownLog log, long index) {
        return log.protocol() == LogProtocol.STATIC
                ? log.url() + TilePath.data(index / TILE_WIDTH)
                : log.url() + "ct/v1/get-entries?start=" + index + "&end=" + index;
    }

    /** In full: not every client knows what 1.7E9 is. */
    private static BigDecimal seconds(Instant time) {
        return BigDecimal.valueOf(time.toEpochMilli(), 3);
    }
}
