package dev.vigie.stream;

import dev.vigie.dns.InertName;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1IA5String;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;

/** Names of any kind in the words of OpenSSL. */
final class AlternativeNames {

    private AlternativeNames() {}

    /** The names of an extension. */
    static String text(ASN1Encodable extension) {
        return Arrays.stream(GeneralNames.getInstance(extension).getNames())
                .map(AlternativeNames::text)
                .collect(Collectors.joining(", "));
    }

    static String text(GeneralName name) {
        return switch (name.getTagNo()) {
            case GeneralName.dNSName -> "DNS:" + ofBytes(name.getName());
            case GeneralName.rfc822Name -> "email:" + ofBytes(name.getName());
            case GeneralName.uniformResourceIdentifier -> "URI:" + ofBytes(name.getName());
            case GeneralName.iPAddress -> "IP Address:" + address(name.getName());
            case GeneralName.directoryName -> "DirName:" + Inert.text(name.getName().toString());
            case GeneralName.registeredID ->
                    "Registered ID:" + Inert.text(name.getName().toString());
            default -> "othername:<unsupported>";
        };
    }

    /** As they stand there, like all names. */
    private static String ofBytes(ASN1Encodable text) {
        byte[] bytes = ASN1IA5String.getInstance(text).getOctets();
        return InertName.of(bytes, 0, bytes.length).text();
    }

    private static String address(ASN1Encodable octets) {
        try {
            return InetAddress.getByAddress(ASN1OctetString.getInstance(octets).getOctets())
                    .getHostAddress();
        } catch (UnknownHostException e) {
            return "<invalid>";
        }
    }
}
