package dev.vigie.ct.merkle;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.vigie.hash.Sha256;
import dev.vigie.testing.SharedData;
import dev.vigie.testing.TreeVectors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Proofs that others have made: the cases of transparency-dev/merkle, and of a real log. */
class PublishedProofsTest {

    private static final JsonMapper JSON = new JsonMapper();

    @Test
    void inclusionIsDecidedAsInThePublishedCases() throws IOException {
        for (Path file : cases("inclusion")) {
            JsonNode c = JSON.readTree(file.toFile());
            boolean verified =
                    isHash(c.get("leafHash"))
                            && isHash(c.get("root"))
                            && areHashes(c.get("proof"))
                            && InclusionProof.verify(
                                    c.get("leafIdx").longValue(),
                                    c.get("treeSize").longValue(),
                                    hash(c.get("leafHash")),
                                    hashes(c.get("proof")),
                                    hash(c.get("root")));
            assertThat(verified).as("%s", file).isNotEqualTo(c.get("wantErr").asBoolean());
        }
    }

    @Test
    void consistencyIsDecidedAsInThePublishedCases() throws IOException {
        for (Path file : cases("consistency")) {
            JsonNode c = JSON.readTree(file.toFile());
            boolean verified =
                    areHashes(c.get("proof"))
                            && ConsistencyProof.verify(
                                    c.get("size1").longValue(),
                                    hash(c.get("root1")),
                                    c.get("size2").longValue(),
                                    hash(c.get("root2")),
                                    hashes(c.get("proof")));
            assertThat(verified).as("%s", file).isNotEqualTo(c.get("wantErr").asBoolean());
        }
    }

    private static List<Path> cases(String kind) throws IOException {
        Optional<Path> data = SharedData.directory();
        Assumptions.assumeTrue(data.isPresent(), "the published cases are absent");
        try (Stream<Path> files = Files.walk(data.get().resolve("merkle").resolve(kind))) {
            List<Path> cases = files.filter(f -> f.toString().endsWith(".json")).sorted().toList();
            assertThat(cases).hasSizeGreaterThan(90);
            return cases;
        }
    }

    private static boolean isHash(JsonNode base64) {
        return Base64.getDecoder().decode(base64.asText()).length == Sha256.LENGTH;
    }

    /** What is no hash does not come as far as a proof. */
    private static boolean areHashes(JsonNode proof) {
        for (JsonNode element : proof) {
            if (!isHash(element)) {
                return false;
            }
        }
        return true;
    }

    /** Some cases have a text in place of a root. */
    private static Sha256 hash(JsonNode base64) {
        byte[] bytes = Base64.getDecoder().decode(base64.asText());
        return bytes.length == Sha256.LENGTH ? Sha256.of(bytes) : Sha256.hash(bytes);
    }

    private static List<Sha256> hashes(JsonNode proof) {
        List<Sha256> hashes = new ArrayList<>();
        proof.forEach(element -> hashes.add(hash(element)));
        return hashes;
    }

    @Test
    void oneLeafGrowsToEight() {
        List<Sha256> proof =
                List.of(
                        TreeVectors.leafHash(1),
                        Sha256.parseHex(TreeVectors.LEVEL_1.get(1)),
                        Sha256.parseHex(TreeVectors.LEVEL_2.get(1)));

        assertThat(ConsistencyProof.verify(1, TreeVectors.root(1), 8, TreeVectors.root(8), proof))
                .isTrue();
        assertThat(InclusionProof.verify(0, 8, TreeVectors.leafHash(0), proof, TreeVectors.root(8)))
                .isTrue();
    }

    /** Argon2027h1, October 2026. */
    @Test
    void aRealProofHasTheRangeOfTheSmallerTree() throws IOException {
        JsonNode sth1 = JSON.readTree(SharedData.read("sth/argon2027h1_sth1.json"));
        JsonNode sth2 = JSON.readTree(SharedData.read("sth/argon2027h1_sth2.json"));
        JsonNode answer =
                JSON.readTree(
                        SharedData.read("sth/argon2027h1_consistency_384065451_384071894.json"));
        List<Sha256> proof = hashes(answer.get("consistency"));
        long m = sth1.get("tree_size").longValue();
        long n = sth2.get("tree_size").longValue();
        Sha256 rootM = hash(sth1.get("sha256_root_hash"));
        Sha256 rootN = hash(sth2.get("sha256_root_hash"));

        assertThat(ConsistencyProof.verify(m, rootM, n, rootN, proof)).isTrue();
        CompactRange range = ConsistencyProof.range(m, n, proof, rootN).orElseThrow();
        assertThat(range.end()).isEqualTo(384_065_451);
        assertThat(range.hashes()).hasSize(18 * Sha256.LENGTH);
        assertThat(range.root(new MerkleHasher())).isEqualTo(rootM);
        assertThat(ConsistencyProof.range(m, n, proof, rootM)).isEmpty();
        assertThat(ConsistencyProof.verify(m, rootN, n, rootM, proof)).isFalse();
    }
}
