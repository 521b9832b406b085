package dev.vigie.cli;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.vigie.ct.EntryType;
import dev.vigie.dns.InertName;
import dev.vigie.follow.LoggedEntry;
import dev.vigie.match.CertificateDetails;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes an entry as ct-moniteur's command does: the same lines, the same keys. */
interface EntryLines {

    /** The text for an entry; nothing for none. */
    String of(LoggedEntry entry);

    static EntryLines of(boolean json, boolean domainsOnly) {
        if (json) {
            return domainsOnly ? EntryLines::jsonNames : EntryLines::jsonObject;
        }
        return domainsOnly ? EntryLines::names : EntryLines::line;
    }

    private static String line(LoggedEntry entry) {
        return "[%s] %s - [%s]"
                .formatted(
                        DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(
                                entry.timestamp().atZone(ZoneId.systemDefault())),
                        entry.log().url(),
                        names(entry).replace("\n", ", "));
    }

    private static String names(LoggedEntry entry) {
        return entry.dnsNames().stream().map(InertName::text).collect(Collectors.joining("\n"));
    }

    private static String jsonNames(LoggedEntry entry) {
        return Json.write(entry.dnsNames());
    }

    private static String jsonObject(LoggedEntry entry) {
        CertificateDetails details = CertificateDetails.ofTbs(entry.tbs());
        String serial = details.serialNumber();
        return Json.write(
                new Json.Certificate(
                        entry.timestamp().toEpochMilli(),
                        entry.type() == EntryType.X509 ? "X509LogEntry" : "PrecertLogEntry",
                        new Json.Source(
                                entry.index(),
                                new Json.Log(
                                        entry.log().url(),
                                        entry.log().description(),
                                        entry.log().operator())),
                        entry.dnsNames(),
                        details.subject(),
                        details.issuer(),
                        Json.time(details.notBefore()),
                        Json.time(details.notAfter()),
                        serial == null ? null : serial.toUpperCase(Locale.ROOT),
                        Json.fingerprint("SHA-256", entry.certificate()),
                        Json.fingerprint("SHA-1", entry.certificate())));
    }

    /** The form of the JSON. */
    final class Json {

        private static final ObjectMapper MAPPER = new ObjectMapper();
        private static final HexFormat COLONS = HexFormat.ofDelimiter(":").withUpperCase();

        private Json() {}

        record Log(URI url, String name, String operator) {}

        record Source(long index, Log log) {}

        /** The keys are in this order. */
        @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
        @JsonPropertyOrder({
            "timestamp",
            "entry_type",
            "source",
            "domains",
            "subject",
            "issuer",
            "not_before",
            "not_after",
            "serial_number",
            "fingerprint_sha256",
            "fingerprint_sha1"
        })
        record Certificate(
                long timestamp,
                String entryType,
                Source source,
                List<InertName> domains,
                @Nullable String subject,
                @Nullable String issuer,
                @Nullable String notBefore,
                @Nullable String notAfter,
                @Nullable String serialNumber,
                String fingerprintSha256,
                String fingerprintSha1) {}

        private static String write(Object value) {
            try {
                return MAPPER.writeValueAsString(value);
            } catch (JsonProcessingException e) {
                throw new IllegalStateException(e);
            }
        }

        private static @Nullable String time(@Nullable Instant time) {
            return time == null
                    ? null
                    : DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssxxx", Locale.ROOT)
                            .format(time.atOffset(ZoneOffset.UTC));
        }

        private static String fingerprint(String algorithm, byte[] certificate) {
            try {
                return COLONS.formatHex(MessageDigest.getInstance(algorithm).digest(certificate));
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
