package dev.vigie.audit;

import dev.vigie.hash.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Chains entries: the hash of one covers all that it says and the hash of the one before. Whoever
 * has noted the last hash sees whether anything before it was changed since.
 *
 * <p>It is the SHA-256 over the fields in this order, each in UTF-8 behind its length in four bytes
 * (-1 for null): previous hash in hex (empty for the first), position, time as ISO 8601 in UTC,
 * actor, address, team, action, subject, before, after.
 */
public final class AuditHash {

    private AuditHash() {}

    /** What an entry says. */
    public record Content(
            long position,
            Instant at,
            String actor,
            String address,
            @Nullable UUID teamId,
            String action,
            String subject,
            @Nullable String before,
            @Nullable String after) {}

    /** The hash of an entry, in hex. */
    public static String of(String previous, Content content) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            write(out, previous);
            write(out, Long.toString(content.position));
            write(out, content.at.toString());
            write(out, content.actor);
            write(out, content.address);
            write(out, content.teamId == null ? null : content.teamId.toString());
            write(out, content.action);
            write(out, content.subject);
            write(out, content.before);
            write(out, content.after);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // not into memory
        }
        return Sha256.hash(bytes.toByteArray()).toString();
    }

    private static void write(DataOutputStream out, @Nullable String text) throws IOException {
        if (text == null) {
            out.writeInt(-1);
            return;
        }
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(utf8.length);
        out.write(utf8);
    }
}
