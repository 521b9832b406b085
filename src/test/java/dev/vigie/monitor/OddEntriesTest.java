package dev.vigie.monitor;

import static dev.vigie.incident.IncidentKind.UNREADABLE_ENTRIES;
import static dev.vigie.incident.IncidentKind.WRONG_LEAF_INDEX;
import static dev.vigie.testing.TestDer.concat;
import static dev.vigie.testing.TestDer.extension;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vigie.ct.loglist.LogProtocol;
import dev.vigie.hash.Sha256;
import dev.vigie.incident.IncidentKind;
import dev.vigie.simulator.CertificateMaker;
import dev.vigie.testing.CertificateBuilder;
import dev.vigie.testing.DatabaseTest;
import dev.vigie.testing.FaultyFront.Fault;
import dev.vigie.testing.LogPark;
import dev.vigie.testing.WireFaults;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Table L, what logs have taken and signed although it is odd: it is matched, and proven. */
@QuarkusTest
@DatabaseTest
@Timeout(60)
class OddEntriesTest {

    private static final int LARGEST_CERTIFICATE = (1 << 24) - 1;
    private static final int X509 = 0;
    private static final int PRECERT = 1;

    /** One for all rows: making certificates takes its time. */
    private static LogPark park;

    @Inject TailingTools tools;

    @BeforeAll
    static void open() {
        park = new LogPark();
    }

    @AfterAll
    static void close() {
        park.close();
    }

    private FaultyLog log(LogProtocol protocol) throws Exception {
        return new FaultyLog(park, protocol, Duration.ofSeconds(20), tools);
    }

    private static Arguments row(
            String name, LogProtocol protocol, Consumer<FaultyLog> add, IncidentKind... kinds) {
        return Arguments.of(name, protocol, add, kinds);
    }

    private static Stream<Arguments> both(
            String name, Consumer<FaultyLog> add, IncidentKind... tiledKinds) {
        return Stream.of(
                row(name, LogProtocol.RFC6962, add),
                row(name, LogProtocol.STATIC, add, tiledKinds));
    }

    private static Arguments classic(String name, Consumer<FaultyLog> add, IncidentKind... kinds) {
        return row(name, LogProtocol.RFC6962, add, kinds);
    }

    static Stream<Arguments> rows() {
        return Stream.of(
                        both("L16 the largest certificate", OddEntriesTest::addLargest),
                        Stream.of(
                                classic(
                                        "L17 leaf version 1",
                                        log -> addLeaf(log, 0x0100, X509, opaque(2)),
                                        UNREADABLE_ENTRIES),
                                classic(
                                        "L17 leaf type 1",
                                        log -> addLeaf(log, 0x0001, X509, opaque(2)),
                                        UNREADABLE_ENTRIES),
                                classic(
                                        "L17 entry type 2",
                                        log -> addLeaf(log, 0, 2, opaque(2)),
                                        UNREADABLE_ENTRIES),
                                classic(
                                        "L17 entry type 0xFFFF",
                                        log -> addLeaf(log, 0, 0xffff, opaque(2)),
                                        UNREADABLE_ENTRIES),
                                classic(
                                        "L18 bytes behind the leaf",
                                        log -> addLeaf(log, 0, X509, new byte[9]),
                                        UNREADABLE_ENTRIES),
                                classic(
                                        "L18 no extensions",
                                        log -> addLeaf(log, 0, X509, new byte[0]),
                                        UNREADABLE_ENTRIES),
                                classic(
                                        "L18 certificate longer than its leaf",
                                        OddEntriesTest::addTooLong,
                                        UNREADABLE_ENTRIES),
                                classic(
                                        "L18 a leaf of one byte",
                                        log -> log.log().addRaw(new byte[1], new byte[0]),
                                        UNREADABLE_ENTRIES),
                                classic("L19 no extra data", log -> addPrecert(log, new byte[0])),
                                classic(
                                        "L19 extra data that is none",
                                        log -> addPrecert(log, new byte[] {9, 9, 9})),
                                classic(
                                        "L19 a chain of 10,000",
                                        log ->
                                                addPrecert(
                                                        log,
                                                        concat(
                                                                opaque(3),
                                                                opaque(3, chain(10_000)))))),
                        both(
                                "L18 extensions of 65535 bytes",
                                log -> addLeaf(log, 0, X509, opaque(2, new byte[65_535])),
                                WRONG_LEAF_INDEX),
                        both(
                                "L24 no index",
                                log -> addLeaf(log, 0, X509, opaque(2)),
                                WRONG_LEAF_INDEX),
                        both(
                                "L24 another index",
                                log ->
                                        addLeaf(
                                                log,
                                                0,
                                                X509,
                                                opaque(2, new byte[] {0, 0, 5, 0, 0, 0, 0, 7})),
                                WRONG_LEAF_INDEX),
                        both("L19 a precertificate of another", OddEntriesTest::addMixedUp))
                .flatMap(rows -> rows);
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("rows")
    void itIsMatchedAndProven(
            String name, LogProtocol protocol, Consumer<FaultyLog> add, IncidentKind[] kinds)
            throws Exception {
        try (FaultyLog log = log(protocol)) {
            log.grow(50);
            add.accept(log);
            log.grow(50);

            log.look();

            log.assertWholeAsItIs(kinds);
        }
    }

    private static byte[] opaque(int lengthBytes, byte... content) {
        byte[] length = ByteBuffer.allocate(4).putInt(content.length).array();
        return concat(Arrays.copyOfRange(length, 4 - lengthBytes, 4), content);
    }

    private static byte[] chain(int certificates) {
        return concat(
                Stream.generate(() -> opaque(3, new byte[] {0x30, 0}))
                        .limit(certificates)
                        .toArray(byte[][]::new));
    }

    private static byte[] certificate(FaultyLog log) {
        return CertificateBuilder.forDns(log.newName()).build();
    }

    private static void addLargest(FaultyLog log) {
        String name = log.newName();
        int padding = LARGEST_CERTIFICATE - 1000;
        byte[] smaller = padded(name, padding);
        log.log().addX509(padded(name, padding + LARGEST_CERTIFICATE - smaller.length));
    }

    private static byte[] padded(String name, int padding) {
        return CertificateBuilder.forDns(name).with(extension("2a0304", new byte[padding])).build();
    }

    private static byte[] leaf(int versionAndType, int entryType, byte[]... rest) {
        return concat(
                ByteBuffer.allocate(12)
                        .putShort((short) versionAndType)
                        .putLong(Instant.now().toEpochMilli())
                        .putShort((short) entryType)
                        .array(),
                concat(rest));
    }

    /** A certificate; a tile has a list of fingerprints behind it, here an empty one. */
    private static void addLeaf(
            FaultyLog log, int versionAndType, int entryType, byte[] extensions) {
        log.log()
                .addRaw(
                        leaf(versionAndType, entryType, opaque(3, certificate(log)), extensions),
                        opaque(log.isTiled() ? 2 : 3));
    }

    private static void addTooLong(FaultyLog log) {
        byte[] certificate = opaque(3, certificate(log));
        certificate[0] = 1;
        log.log().addRaw(leaf(0, X509, certificate, opaque(2)), opaque(3));
    }

    private static void addPrecert(FaultyLog log, byte[] extraData) {
        CertificateMaker ca = log.park().ca();
        byte[] tbs = ca.issue(List.of(log.newName()), Instant.now()).tbs();
        log.log()
                .addRaw(
                        leaf(0, PRECERT, ca.issuerKeyHash().bytes(), opaque(3, tbs), opaque(2)),
                        extraData);
    }

    private static void addMixedUp(FaultyLog log) {
        CertificateMaker ca = log.park().ca();
        var right = ca.issue(List.of(log.newName()), Instant.now());
        var other = ca.issue(List.of("unwatched.example"), Instant.now());
        log.log()
                .addPrecert(
                        new CertificateMaker.Issuance(
                                right.certificate(), other.precertificate(), right.tbs()));
    }

    /** What is served in place of the issuer's certificate. */
    enum Issuer {
        GONE(WireFaults.status("404 No", "", "")),
        ANOTHER(WireFaults.body(right -> Sha256.hash(right).bytes())),
        ENDLESS(WireFaults.endless()),
        A_PRIVATE_KEY(WireFaults.status("200 OK", "", "-----BEGIN PRIVATE KEY-----\nAAAA\n")),
        CUT_OFF(WireFaults.reset());

        private final Fault fault;

        Issuer(Fault fault) {
            this.fault = fault;
        }
    }

    /** L25 */
    @ParameterizedTest
    @EnumSource(Issuer.class)
    void anIssuerThatCannotBeHadHoldsNoMatchUp(Issuer issuer) throws Exception {
        try (FaultyLog log = log(LogProtocol.STATIC)) {
            log.front().strike("/issuer/", issuer.fault);
            log.log().addX509(park.ca().issue(List.of(log.newName()), Instant.now()).certificate());

            log.assertWholeAsItIs();

            assertThat(log.front().asked()).anyMatch(path -> path.contains("/issuer/"));
        }
    }
}
