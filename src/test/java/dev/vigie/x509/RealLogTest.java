package dev.vigie.x509;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vigie.ct.DataTile;
import dev.vigie.ct.EntryBatch;
import dev.vigie.ct.EntryType;
import dev.vigie.ct.ExtraData;
import dev.vigie.ct.LeafCursor;
import dev.vigie.hash.Sha256;
import dev.vigie.testing.RealCertificates;
import dev.vigie.testing.SeenNames;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** 1,034 precertificates of a real log, each with the TBS and the names that the log published. */
class RealLogTest {

    private static final String TILES = "tiles/navigli2025h2/tile/";

    @ParameterizedTest
    @CsvSource({
        "000, 0, 256",
        "001, 256, 256",
        "002, 512, 256",
        "003, 768, 256",
        "003.p/10, 768, 10"
    })
    void takingThePoisonOutOfAPrecertificateGivesTheTbsInTheLeafBitByBit(
            String tile, long start, int width) throws Exception {
        EntryBatch batch = tile(tile, start, width);
        var cursor = new LeafCursor();
        for (int entry = 0; entry < width; entry++) {
            assertThat(cursor.read(batch, entry)).isNull();
            assertThat(cursor.type()).isEqualTo(EntryType.PRECERT);
            byte[] precertificate =
                    ExtraData.of(batch, entry, cursor.type()).precertificate().orElseThrow();

            assertThat(TbsHash.strip(tbsOf(precertificate)))
                    .as("entry %d", batch.index(entry))
                    .isEqualTo(certificate(batch, cursor));
            assertThat(TbsHash.ofCertificate(precertificate))
                    .contains(Sha256.hash(certificate(batch, cursor)));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "000, 0, 256",
        "001, 256, 256",
        "002, 512, 256",
        "003, 768, 256",
        "003.p/10, 768, 10"
    })
    void theNamesAreThoseThatTheLogLists(String tile, long start, int width) throws Exception {
        EntryBatch batch = tile(tile, start, width);
        List<JsonNode> listed = listedNames(tile);
        assertThat(listed).hasSize(width);
        var cursor = new LeafCursor();
        var scanner = new CertificateScanner();
        for (int entry = 0; entry < width; entry++) {
            var seen = new SeenNames();
            assertThat(cursor.read(batch, entry)).isNull();

            String problem =
                    scanner.scanTbs(
                            batch.buffer(),
                            cursor.certificateOffset(),
                            cursor.certificateLength(),
                            seen);

            assertThat(problem).isNull();
            assertThat(seen.names())
                    .as("entry %d", batch.index(entry))
                    .containsExactlyInAnyOrderElementsOf(names(listed.get(entry)));
        }
    }

    private static EntryBatch tile(String tile, long start, int width) throws Exception {
        byte[] bytes = RealCertificates.bytes(RealCertificates.path(TILES + "data/" + tile));
        return DataTile.cut(bytes, bytes.length, start, width);
    }

    private static List<JsonNode> listedNames(String tile) throws Exception {
        byte[] bytes = RealCertificates.bytes(RealCertificates.path(TILES + "names/" + tile));
        List<JsonNode> lines = new ArrayList<>();
        for (String line : new String(bytes, StandardCharsets.UTF_8).split("\n")) {
            lines.add(new ObjectMapper().readTree(line));
        }
        return lines;
    }

    private static List<String> names(JsonNode listed) {
        List<String> names = new ArrayList<>();
        String commonName = listed.path("Subject").path("CommonName").asText();
        if (!commonName.isEmpty()) {
            names.add("cn:" + commonName);
        }
        listed.path("DNS").forEach(name -> names.add("dns:" + name.asText()));
        return names;
    }

    private static byte[] certificate(EntryBatch batch, LeafCursor cursor) {
        return Arrays.copyOfRange(
                batch.buffer(),
                cursor.certificateOffset(),
                cursor.certificateOffset() + cursor.certificateLength());
    }

    private static byte[] tbsOf(byte[] certificate) {
        var tlv = new Tlv();
        assertThat(tlv.read(certificate, 0, certificate.length)).isTrue();
        assertThat(tlv.read(certificate, tlv.start(), tlv.end())).isTrue();
        return Arrays.copyOfRange(certificate, tlv.header(), tlv.next());
    }
}
