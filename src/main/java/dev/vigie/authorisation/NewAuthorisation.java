package dev.vigie.authorisation;

import dev.vigie.hash.Sha256;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An authorisation as somebody asks for it, with either {@code value} or {@code pem}.
 *
 * @param value a SHA-256 hash in hex of either case, colons allowed, or in base64
 * @param pem a certificate or certificate request
 * @param names that it is bound to; empty for all names of the watchlist
 * @param expires matches that are first seen then or later are not covered; null for never
 */
public record NewAuthorisation(
        AuthorisationKind kind,
        @Nullable String value,
        @Nullable String pem,
        List<String> names,
        @Nullable Instant expires,
        @Nullable String comment) {

    /**
     * @throws UnusableAuthorisationException if it is not to be understood
     */
    Mark mark() {
        if (comment != null && PresentedPem.hasPrivateKey(comment)) {
            throw PresentedPem.privateKey("comment");
        }
        if (value != null && pem == null) {
            return new Mark(kind, hash(value.strip()));
        }
        if (pem != null && value == null) {
            return PresentedPem.read(pem).mark(kind);
        }
        throw new UnusableAuthorisationException(
                "value", "An authorisation has either a value or a pem.");
    }

    private static Sha256 hash(String text) {
        if (PresentedPem.hasPrivateKey(text)) {
            throw PresentedPem.privateKey("value");
        }
        try {
            String hex = text.replace(":", "");
            return hex.length() == 2 * Sha256.LENGTH
                    ? Sha256.parseHex(hex)
                    : Sha256.parseBase64(text);
        } catch (IllegalArgumentException e) {
            throw new UnusableAuthorisationException(
                    "value", "A SHA-256 hash has 64 hex digits, or 44 characters of base64.");
        }
    }
}
