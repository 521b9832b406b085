package dev.vigie.monitor;

import static dev.vigie.testing.TestDer.DNS;
import static dev.vigie.testing.TestDer.tlv;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vigie.ct.loglist.LogProtocol;
import dev.vigie.simulator.CertificateMaker;
import dev.vigie.testing.CertificateBuilder;
import dev.vigie.testing.DatabaseTest;
import dev.vigie.testing.HostileNames;
import dev.vigie.testing.HostileNames.HostileName;
import dev.vigie.testing.LogPark;
import dev.vigie.testing.StreamClient;
import dev.vigie.testing.StreamMeters;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.bouncycastle.asn1.x509.Certificate;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What clients of certstream expect, they get. */
@QuarkusTest
@DatabaseTest
@NullUnmarked
class StreamFeedsTest {

    private static final Instant ISSUED = Instant.parse("2026-02-03T04:05:06Z");
    private static final HexFormat COLONS = HexFormat.ofDelimiter(":").withUpperCase();

    @Inject LogConnections connections;
    @Inject TailingTools tools;

    private final LogPark park = new LogPark();
    private StreamClient lite;
    private StreamClient full;
    private StreamClient domains;

    @BeforeEach
    void listen() {
        lite = StreamClient.open("/certstream", null);
        full = StreamClient.open("/certstream/full-stream", null);
        domains = StreamClient.open("/certstream/domains-only", null);
        awaitClients(1);
    }

    private static void awaitClients(int ofEach) {
        for (String feed : List.of("lite", "full", "domains")) {
            StreamMeters.awaitClients(feed, ofEach);
        }
    }

    @AfterEach
    void close() {
        park.close();
        lite.close();
        full.close();
        domains.close();
        awaitClients(0);
    }

    @ParameterizedTest
    @EnumSource(LogProtocol.class)
    void everyFeedHasWhatItsClientsExpect(LogProtocol protocol) throws Exception {
        var log = new StreamedLog(park, protocol, connections, tools);
        var issuance = park.ca().issue(List.of("a.example", "*.b.example"), ISSUED);
        log.log().addPrecert(issuance);
        log.log().addX509(issuance.certificate());

        log.look();

        List<JsonNode> certificates = full.messages(2);
        assertThat(lite.messages(2)).hasSize(2);
        assertThat(lite.texts())
                .filteredOn(text -> text.contains("certificate_update"))
                .allSatisfy(text -> assertThat(text).containsPattern("\"seen\":\\d{10}\\.\\d{3},"));
        assertUpdate(certificates.get(0), log, 3, "PrecertLogEntry", issuance.precertificate());
        assertUpdate(certificates.get(1), log, 4, "X509LogEntry", issuance.certificate());
        JsonNode chain = certificates.get(1).path("data").path("chain");
        if (protocol == LogProtocol.STATIC) {
            assertThat(chain.isArray()).isTrue();
            assertThat(chain).isEmpty();
        } else {
            assertThat(chain).hasSize(1);
            assertThat(chain.path(0).path("as_der").asText()).isEqualTo(base64(park.ca().issuer()));
            assertThat(chain.path(0).path("subject").path("CN").asText())
                    .isEqualTo("Vigie Simulated CA");
        }
        for (int i = 0; i < 2; i++) {
            assertThat(lite.messages(2).get(i)).isEqualTo(withoutDer(certificates.get(i)));
            JsonNode names = domains.messages(2).get(i);
            assertThat(names.path("message_type").asText()).isEqualTo("dns_entries");
            assertThat(texts(names.path("data"))).containsExactly("a.example", "*.b.example");
        }
    }

    private static JsonNode withoutDer(JsonNode full) {
        var lite = (ObjectNode) full.deepCopy();
        var data = (ObjectNode) lite.get("data");
        data.remove("chain");
        ((ObjectNode) data.get("leaf_cert")).remove("as_der");
        return lite;
    }

    private static void assertUpdate(
            JsonNode message, StreamedLog log, long index, String type, byte[] der)
            throws Exception {
        assertThat(message.path("message_type").asText()).isEqualTo("certificate_update");
        JsonNode data = message.path("data");
        assertThat(data.path("update_type").asText()).isEqualTo(type);
        assertThat(data.path("cert_index").isIntegralNumber()).isTrue();
        assertThat(data.path("cert_index").asLong()).isEqualTo(index);
        assertThat(data.path("cert_link").asText())
                .isEqualTo(
                        log.log().protocol() == LogProtocol.STATIC
                                ? log.url() + "tile/data/000"
                                : "%sct/v1/get-entries?start=%d&end=%d"
                                        .formatted(log.url(), index, index));
        assertThat(data.path("seen").isFloatingPointNumber()).isTrue();
        assertThat(Instant.ofEpochMilli((long) (1000 * data.path("seen").asDouble())))
                .isBetween(Instant.now().minusSeconds(600), Instant.now().plusSeconds(1));
        assertThat(data.path("source").path("url").asText()).isEqualTo(log.url());
        assertThat(data.path("source").path("name").asText()).isEqualTo(log.log().name());
        assertLeaf(data.path("leaf_cert"), der, type.equals("PrecertLogEntry"));
    }

    private static void assertLeaf(JsonNode leaf, byte[] der, boolean precert) throws Exception {
        Certificate certificate = Certificate.getInstance(der);
        assertThat(leaf.path("subject").toString())
                .isEqualTo(
                        "{\"C\":null,\"CN\":\"a.example\",\"L\":null,\"O\":null,\"OU\":null,"
                                + "\"ST\":null,\"aggregated\":\"/CN=a.example\"}");
        assertThat(leaf.path("issuer").path("aggregated").asText())
                .isEqualTo("/CN=Vigie Simulated CA");
        assertThat(leaf.path("serial_number").asText())
                .isEqualTo(
                        certificate
                                .getSerialNumber()
                                .getValue()
                                .toString(16)
                                .toUpperCase(Locale.ROOT));
        assertThat(leaf.path("not_before").isIntegralNumber()).isTrue();
        assertThat(leaf.path("not_before").asLong()).isEqualTo(ISSUED.getEpochSecond());
        assertThat(leaf.path("not_after").asLong())
                .isEqualTo(ISSUED.plusSeconds(90 * 86_400).getEpochSecond());
        assertThat(leaf.path("fingerprint").asText()).isEqualTo(hash("SHA-1", der));
        assertThat(leaf.path("sha1").asText()).isEqualTo(hash("SHA-1", der));
        assertThat(leaf.path("sha256").asText()).isEqualTo(hash("SHA-256", der));
        assertThat(leaf.path("signature_algorithm").asText()).isEqualTo("sha256, rsa");
        assertThat(leaf.path("is_ca").isBoolean()).isTrue();
        assertThat(leaf.path("is_ca").asBoolean()).isFalse();
        assertThat(texts(leaf.path("all_domains"))).containsExactly("a.example", "*.b.example");
        assertThat(leaf.path("as_der").asText()).isEqualTo(base64(der));
        assertExtensions(leaf.path("extensions"), precert);
    }

    private static void assertExtensions(JsonNode extensions, boolean precert) {
        assertThat(extensions.path("keyUsage").asText()).isEqualTo("Digital Signature");
        assertThat(extensions.path("extendedKeyUsage").asText())
                .isEqualTo("TLS Web server authentication");
        assertThat(extensions.path("basicConstraints").isNull()).isTrue();
        assertThat(extensions.path("subjectKeyIdentifier").asText())
                .matches("([0-9A-F]{2}:){19}[0-9A-F]{2}");
        assertThat(extensions.path("authorityKeyIdentifier").asText())
                .matches("keyid:([0-9A-F]{2}:){19}[0-9A-F]{2}\n");
        assertThat(extensions.path("authorityInfoAccess").asText())
                .isEqualTo(
                        "OCSP - URI:http://ocsp.simulated.example\n"
                                + "CA Issuers - URI:http://ca.simulated.example/ca.der\n");
        assertThat(extensions.path("subjectAltName").asText())
                .isEqualTo("DNS:a.example, DNS:*.b.example");
        assertThat(extensions.path("certificatePolicies").asText())
                .isEqualTo("Policy: 2.23.140.1.2.1");
        assertThat(extensions.path("ctlPoisonByte").isBoolean()).isTrue();
        assertThat(extensions.path("ctlPoisonByte").asBoolean()).isEqualTo(precert);
    }

    private static String hash(String algorithm, byte[] der) throws Exception {
        return COLONS.formatHex(MessageDigest.getInstance(algorithm).digest(der));
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    @ParameterizedTest
    @EnumSource(LogProtocol.class)
    void whatCannotBeReadStillGivesItsNames(LogProtocol protocol) throws Exception {
        var log = new StreamedLog(park, protocol, connections, tools);
        CertificateMaker.Issuance whole = park.ca().issue(List.of("cut.example"), ISSUED);
        byte[] cut = whole.certificate().clone();
        cut[1] = 0x45; // a length that is none
        log.log().addX509(CertificateBuilder.forDns("odd.example").serial(new byte[0]).build());
        log.log().addX509(cut);
        log.log().addX509("nothing at all".getBytes(StandardCharsets.US_ASCII));

        log.look();

        assertThat(texts(domains.messages(3).get(0).path("data"))).containsExactly("odd.example");
        assertThat(texts(domains.messages(3).get(1).path("data"))).contains("cut.example");
        assertThat(domains.messages(3).get(2).path("data")).isEmpty();
        for (JsonNode message : lite.messages(3)) {
            JsonNode leaf = message.path("data").path("leaf_cert");
            assertThat(leaf.get("serial_number").isNull()).isTrue();
            assertThat(leaf.get("not_before").isNull()).isTrue();
            assertThat(leaf.get("subject").get("aggregated").isNull()).isTrue();
            assertThat(leaf.get("sha256").asText()).hasSize(95);
        }
        assertThat(
                        texts(
                                lite.messages(3)
                                        .get(1)
                                        .path("data")
                                        .path("leaf_cert")
                                        .path("all_domains")))
                .contains("cut.example");
    }

    @Test
    void hostileNamesAreInertAndBreakNoMessage() throws Exception {
        var log = new StreamedLog(park, LogProtocol.STATIC, connections, tools);
        List<HostileName> names =
                HostileNames.all().filter(name -> name.bytes().length < 100_000).toList();
        for (HostileName name : names) {
            log.log()
                    .addX509(
                            new CertificateBuilder()
                                    .commonNamed(name.text())
                                    .names(tlv(DNS, name.bytes()))
                                    .build());
        }

        log.look();

        assertThat(names).hasSizeGreaterThan(80);
        List<JsonNode> messages = lite.messages(names.size());
        for (int i = 0; i < names.size(); i++) {
            JsonNode leaf = messages.get(i).path("data").path("leaf_cert");
            assertThat(texts(leaf.path("all_domains")))
                    .as(names.get(i).label())
                    .contains(names.get(i).inert().text());
            assertThat(leaf.path("extensions").path("subjectAltName").asText())
                    .isEqualTo("DNS:" + names.get(i).inert().text());
        }
        for (StreamClient client : List.of(lite, full, domains)) {
            client.messages(names.size());
            assertThat(client.texts())
                    .allMatch(text -> text.chars().allMatch(c -> c >= ' ' && c < 0x7f));
        }
        assertThat(lite.messages().toString()).doesNotContain("\u001b", "\u202e", "\ud83d");
    }
}
