package dev.vigie.authorisation;

/** What the hash of an authorisation is the hash of. */
public enum AuthorisationKind {
    /** The certificate's own key, as SubjectPublicKeyInfo. */
    SPKI,
    /**
     * The issuer's key, as SubjectPublicKeyInfo. Counts only as precertificate entries name it:
     * that is signed with the SCT, while nothing vouches for the chain beside a certificate entry.
     */
    ISSUER_KEY,
    /** The TBS without poison and SCT list: one issuance, precertificate and certificate. */
    TBS,
    /** One certificate or precertificate, byte by byte. */
    CERTIFICATE
}
