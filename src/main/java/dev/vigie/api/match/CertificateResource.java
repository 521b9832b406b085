package dev.vigie.api.match;

import dev.vigie.access.May;
import dev.vigie.api.Caller;
import dev.vigie.hash.Sha256;
import dev.vigie.match.Match;
import dev.vigie.match.MatchView;
import dev.vigie.match.StoredCertificate;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The certificates that matches are about, by the SHA-256 of their DER form. */
@Tag(name = "Matches")
@RolesAllowed(May.SEE)
@Path("/api/v1/certificates")
class CertificateResource {

    private final Caller caller;

    CertificateResource(Caller caller) {
        this.caller = caller;
    }

    private static final Base64.Encoder LINES =
            Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));

    @Operation(
            summary = "Shows a certificate that a match is about.",
            description = "As JSON, or as PEM with Accept: application/x-pem-file.")
    @GET
    @Path("/{sha256}")
    @Produces(MediaType.APPLICATION_JSON)
    public MatchView.Certificate json(String sha256) {
        return MatchView.Certificate.of(existing(sha256));
    }

    @Operation(
            summary = "Shows a certificate that a match is about.",
            description = "As JSON, or as PEM with Accept: application/x-pem-file.")
    @GET
    @Path("/{sha256}")
    @Produces({"application/x-pem-file", "application/pem-certificate-chain"})
    public String pem(String sha256) {
        return "-----BEGIN CERTIFICATE-----\n%s\n-----END CERTIFICATE-----\n"
                .formatted(LINES.encodeToString(existing(sha256).der));
    }

    private StoredCertificate existing(String sha256) {
        try {
            byte[] hash = Sha256.parseHex(sha256).bytes();
            return StoredCertificate.<StoredCertificate>find("sha256 = ?1", (Object) hash)
                    .firstResultOptional()
                    .filter(certificate -> Match.isOf(caller.reach(), certificate.tbsSha256))
                    .orElseThrow(NotFoundException::new);
        } catch (IllegalArgumentException e) {
            throw new NotFoundException(e);
        }
    }
}
