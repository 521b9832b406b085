package dev.vigie.authorisation;

import dev.vigie.hash.Sha256;
import dev.vigie.match.SeenCertificate;
import java.util.HashSet;
import java.util.Set;

/** Something by which a certificate can be authorised. */
public record Mark(AuthorisationKind kind, Sha256 sha256) {

    /** All marks of a certificate as a log has it. */
    public static Set<Mark> of(SeenCertificate certificate) {
        Set<Mark> marks = new HashSet<>();
        marks.add(new Mark(AuthorisationKind.TBS, certificate.tbsSha256()));
        marks.add(new Mark(AuthorisationKind.CERTIFICATE, certificate.sha256()));
        Sha256 spki = certificate.details().spki();
        if (spki != null) {
            marks.add(new Mark(AuthorisationKind.SPKI, spki));
        }
        if (certificate.precertificate()) {
            certificate
                    .issuerKeyHash()
                    .ifPresent(key -> marks.add(new Mark(AuthorisationKind.ISSUER_KEY, key)));
        }
        return marks;
    }
}
