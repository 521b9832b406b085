package dev.vigie.match;

import dev.vigie.database.StringListConverter;
import dev.vigie.hash.Sha256;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A certificate or precertificate that met a rule. */
@Entity
@Table(name = "certificate")
public class StoredCertificate extends PanacheEntityBase {

    @Id public byte[] sha256;
    public byte[] tbsSha256;
    public boolean precertificate;
    public byte[] der;
    public @Nullable String subject;
    public @Nullable String issuer;
    public @Nullable String serialNumber;
    public @Nullable Instant notBefore;
    public @Nullable Instant notAfter;

    @Convert(converter = StringListConverter.class)
    public List<String> dnsNames;

    public int dnsNameCount;

    @Convert(converter = StringListConverter.class)
    public List<String> ipAddresses;

    public @Nullable String spkiSha256;
    public @Nullable String issuerKeyHash;
    public Instant firstSeen;

    /** Of one issuance, the final certificate if it was seen, else the precertificate. */
    public static Optional<StoredCertificate> ofIssuance(byte[] tbsSha256) {
        return Optional.ofNullable(ofIssuances(List.of(tbsSha256)).get(Sha256.of(tbsSha256)));
    }

    /** Of each issuance, the final certificate if it was seen, else the precertificate. */
    static Map<Sha256, StoredCertificate> ofIssuances(List<byte[]> tbsSha256) {
        return StoredCertificate.<StoredCertificate>stream(
                        "tbsSha256 in ?1 order by precertificate, firstSeen", tbsSha256)
                .collect(
                        Collectors.toMap(
                                certificate -> Sha256.of(certificate.tbsSha256),
                                Function.identity(),
                                (first, later) -> first));
    }
}
