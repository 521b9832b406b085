package dev.vigie.stream;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.jspecify.annotations.Nullable;

/** Writes a subject or issuer as certstream does: of each kind of attribute the first. */
final class NameJson {

    private static final Map<String, ASN1ObjectIdentifier> ATTRIBUTES = attributes();

    private NameJson() {}

    private static Map<String, ASN1ObjectIdentifier> attributes() {
        Map<String, ASN1ObjectIdentifier> attributes = new LinkedHashMap<>();
        attributes.put("C", BCStyle.C);
        attributes.put("CN", BCStyle.CN);
        attributes.put("L", BCStyle.L);
        attributes.put("O", BCStyle.O);
        attributes.put("OU", BCStyle.OU);
        attributes.put("ST", BCStyle.ST);
        return attributes;
    }

    static void write(JsonGenerator json, @Nullable X500Name name) throws IOException {
        var aggregated = new StringBuilder();
        json.writeStartObject();
        for (Map.Entry<String, ASN1ObjectIdentifier> attribute : ATTRIBUTES.entrySet()) {
            String value = name == null ? null : first(name, attribute.getValue());
            json.writeStringField(attribute.getKey(), value);
            if (value != null) {
                aggregated.append('/').append(attribute.getKey()).append('=').append(value);
            }
        }
        json.writeStringField("aggregated", name == null ? null : aggregated.toString());
        json.writeEndObject();
    }

    private static @Nullable String first(X500Name name, ASN1ObjectIdentifier type) {
        return OrNull.read(() -> {
            RDN[] found = name.getRDNs(type);
            if (found.length == 0) {
                return null;
            }
            for (var attribute : found[0].getTypesAndValues()) {
                if (attribute.getType().equals(type)) {
                    return Inert.text(attribute.getValue());
                }
            }
            return null;
        });
    }
}
