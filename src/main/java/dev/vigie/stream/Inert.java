package dev.vigie.stream;

import dev.vigie.dns.InertName;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.x500.style.IETFUtils;

/** Text of certificates in a form that does nothing where it is shown. */
final class Inert {

    private Inert() {}

    static String text(String text) {
        return InertName.of(text).text();
    }

    /** A value, which is text if all is well. */
    static String text(ASN1Encodable value) {
        return text(
                value instanceof ASN1String string
                        ? string.getString()
                        : IETFUtils.valueToString(value));
    }
}
