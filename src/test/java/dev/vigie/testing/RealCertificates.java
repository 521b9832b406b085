package dev.vigie.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Real log data and certificates, which are not part of this repository: in the directory of the
 * system property {@code vigie.data}, or in {@code ../shared/data} or {@code ../../shared/data}.
 */
public final class RealCertificates {

    private static final String BEGIN = "-----BEGIN CERTIFICATE-----";

    private RealCertificates() {}

    /** A file or directory of the real data; the test is skipped if there is none. */
    public static Path path(String name) {
        Optional<Path> data = directory();
        assumeTrue(
                data.isPresent(),
                "the real data is absent: set -Dvigie.data to the directory that holds certs/ and"
                        + " tiles/");
        return data.get().resolve(name);
    }

    private static Optional<Path> directory() {
        String configured = System.getProperty("vigie.data");
        Stream<String> places =
                configured != null
                        ? Stream.of(configured)
                        : Stream.of("../shared/data", "../../shared/data");
        return places.map(Path::of).filter(Files::isDirectory).findFirst();
    }

    /** Every file below a directory, as DER, by file name. */
    public static Map<String, byte[]> in(String directory) {
        try (Stream<Path> files = Files.walk(path(directory))) {
            Map<String, byte[]> all = new TreeMap<>();
            files.filter(Files::isRegularFile)
                    .forEach(file -> all.put(file.getFileName().toString(), der(file)));
            return all;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The bytes of one file; if it is PEM, its first certificate. */
    public static byte[] der(Path file) {
        byte[] bytes = bytes(file);
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        int begin = text.indexOf(BEGIN);
        if (begin < 0) {
            return bytes;
        }
        begin += BEGIN.length();
        return Base64.getMimeDecoder().decode(text.substring(begin, text.indexOf("-----", begin)));
    }

    /** The bytes of one file as they are. */
    public static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
