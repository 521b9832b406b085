package dev.vigie.renewal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.vigie.dns.InertName;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who issues is told by the organisation, whatever signs stand in its name (C26). */
class IssuerNameTest {

    static Stream<Arguments> organisations() {
        return Stream.of(
                arguments("C=US,O=Let's Encrypt,CN=R11", "Let's Encrypt"),
                arguments("CN=E7,O=Let's Encrypt,C=US", "Let's Encrypt"),
                arguments("o=lower case,cn=x", "lower case"),
                arguments("C=US, O=Blanks Around , CN=x", "Blanks Around"),
                arguments("C=US,O=DigiCert\\\\, Inc.,CN=x", "DigiCert, Inc."),
                arguments("C=US,O=\"DigiCert, Inc.\",CN=x", "DigiCert, Inc."),
                arguments("O=A \\\\+ B,CN=x", "A + B"),
                arguments("O=Back\\\\\\\\slash,CN=x", "Back\\slash"),
                arguments("O=Z,O=A,CN=x", "A"),
                arguments("O=A,O=Z,CN=y", "A"));
    }

    @ParameterizedTest
    @MethodSource("organisations")
    void theOrganisationIsFoundInTheKeptForm(String kept, String organisation) {
        assertThat(IssuerName.organisation(kept)).isEqualTo(organisation);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CN=Odd Test CA",
                "C=US,OU=Not an organisation,CN=x",
                "",
                "null",
                "junk",
                "O",
                "O=open\\",
                "CN=\"never ends,O=x",
                "=,=,="
            })
    void withoutAnOrganisationItIsTheNameAsItIs(String kept) {
        assertThat(IssuerName.organisation(kept)).isEqualTo(kept);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DigiCert, Inc.",
                "Société Générale",
                "E-Tuğra EBG",
                "a\\b",
                "\"quoted\"",
                "no #hash",
                " blanks ",
                "+<>;=",
                "中国金融认证中心"
            })
    void twoIntermediatesOfOneOrganisationAreOne(String organisation) {
        String one = IssuerName.organisation(kept(organisation, "R11"));

        assertThat(IssuerName.organisation(kept(organisation, "E7"))).isEqualTo(one);
        assertThat(IssuerName.organisation(kept(organisation + " 2", "R11"))).isNotEqualTo(one);
    }

    @Test
    void anOrganisationThatIsNoTextIsTheSameEachTime() {
        assertThat(IssuerName.organisation("O=#0403010203,CN=x"))
                .isEqualTo(IssuerName.organisation("O=#0403010203,CN=y"))
                .isNotEqualTo(IssuerName.organisation("O=#0403010204,CN=x"));
    }

    /** A distinguished name as the database keeps it. */
    private static String kept(String organisation, String commonName) {
        String name =
                new X500NameBuilder()
                        .addRDN(BCStyle.C, "FR")
                        .addRDN(BCStyle.O, organisation)
                        .addRDN(BCStyle.CN, commonName)
                        .build()
                        .toString();
        return InertName.of(name).text();
    }
}
