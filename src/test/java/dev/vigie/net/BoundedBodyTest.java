package dev.vigie.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class BoundedBodyTest {

    private static final int FHCRC = 2;
    private static final int FEXTRA = 4;
    private static final int FNAME = 8;
    private static final int FCOMMENT = 16;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 8191, 8192, 8193, 100_000})
    void aBodyUpToTheLimitIsWhole(int length) throws Exception {
        byte[] body = random(length);
        byte[] gzip = gzip(body);

        assertThat(read(body, false, length)).isEqualTo(body);
        assertThat(read(gzip, true, Math.max(length, gzip.length))).isEqualTo(body);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 8191, 8192, 8193, 100_000})
    void aBodyOneByteAboveTheLimitIsRefused(int length) throws Exception {
        byte[] zeros = gzip(new byte[length]);

        assertThatIOException()
                .isThrownBy(() -> read(new byte[length], false, length - 1))
                .withMessageContaining("longer than %d bytes", length - 1);
        if (zeros.length < length) {
            assertThatIOException()
                    .isThrownBy(() -> read(zeros, true, length - 1))
                    .withMessageContaining("longer than %d bytes", length - 1);
        }
    }

    @Test
    void theCompressedSideHasTheSameLimit() throws Exception {
        byte[] gzip = gzip(random(50_000));

        assertThatIOException()
                .isThrownBy(() -> read(gzip, true, 20_000))
                .withMessageContaining("compressed answer is too long");
    }

    /** H07: what is allocated follows what may be used, not what the bomb inflates to. */
    @Test
    void aBombIsGivenUpAtTheLimit() throws Exception {
        var opened = new CountingStream(gzip(new byte[64 << 20]));

        assertThatIOException()
                .isThrownBy(() -> BoundedBody.read(opened, true, 1 << 20, 1 << 20))
                .withMessageContaining("longer than");
        assertThat(opened.read).isLessThan(40_000);
    }

    private static final class CountingStream extends ByteArrayInputStream {
        private int read;

        CountingStream(byte[] bytes) {
            super(bytes);
        }

        @Override
        public synchronized int read(byte[] into, int offset, int length) {
            int count = super.read(into, offset, length);
            read += count;
            return count;
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 1, 99, 100, 101, Integer.MAX_VALUE})
    void aWrongGuessOfTheLengthDoesNoHarm(int expected) throws Exception {
        byte[] body = random(20_000);

        var read = BoundedBody.read(new ByteArrayInputStream(body), false, expected, 20_000);

        assertThat(read.toByteArray()).isEqualTo(body);
        assertThat(read.buffer()).hasSizeBetween(20_000, 1 << 22);
    }

    @Test
    void aStreamThatGivesOneByteAtATimeIsReadWhole() throws Exception {
        byte[] body = random(3000);

        assertThat(BoundedBody.read(dripping(body), false, 1, 9000).toByteArray()).isEqualTo(body);
        assertThat(BoundedBody.read(dripping(gzip(body)), true, 1, 9000).toByteArray())
                .isEqualTo(body);
    }

    private static InputStream dripping(byte[] bytes) {
        return new ByteArrayInputStream(bytes) {
            @Override
            public synchronized int read(byte[] into, int offset, int length) {
                return super.read(into, offset, Math.min(length, 1));
            }
        };
    }

    @ParameterizedTest
    @ValueSource(ints = {0, FHCRC, FEXTRA, FNAME, FCOMMENT, FNAME | FCOMMENT, 1, 31})
    void everyOptionalPartOfAGzipHeaderIsSteppedOver(int flags) throws Exception {
        byte[] body = random(1000);

        assertThat(read(gzip(body, flags), true, 9000)).isEqualTo(body);
    }

    /** H08 */
    @ParameterizedTest
    @ValueSource(ints = {0, FHCRC, FEXTRA, FNAME, FCOMMENT, 31})
    void everyCutOfAGzipBodyIsRefused(int flags) throws Exception {
        byte[] gzip = gzip(random(100), flags);

        for (int length = 0; length < gzip.length; length++) {
            byte[] cut = Arrays.copyOf(gzip, length);
            assertThatIOException().isThrownBy(() -> read(cut, true, 9000));
        }
    }

    static Stream<Arguments> broken() throws IOException {
        byte[] good = gzip(random(100));
        byte[] twice = Arrays.copyOf(good, 2 * good.length);
        System.arraycopy(good, 0, twice, good.length, good.length);
        return Stream.of(
                arguments("H08 wrong check sum", with(good, good.length - 5)),
                arguments("H08 wrong length", with(good, good.length - 4)),
                arguments("H08 trailing byte", Arrays.copyOf(good, good.length + 1)),
                arguments("H08 two members", twice),
                arguments("another magic", with(good, 0)),
                arguments("another method", with(good, 2)),
                arguments("broken deflate", with(good, 10)),
                arguments("zeros", new byte[20]));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("broken")
    void aBrokenGzipBodyIsRefused(String what, byte[] gzip) {
        assertThatIOException().isThrownBy(() -> read(gzip, true, 9000));
    }

    @Test
    void damagedGzipIsAnIoExceptionOrTheBody() throws Exception {
        byte[] body = random(300);
        byte[] good = gzip(body);
        var random = new Random(1952);
        for (int i = 0; i < 5000; i++) {
            byte[] damaged = good.clone();
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            try {
                assertThat(read(damaged, true, 9000)).isEqualTo(body);
            } catch (IOException e) {
                assertThat(e).hasMessageContaining("gzip");
            }
        }
    }

    private static byte[] read(byte[] wire, boolean gzip, int most) throws IOException {
        return BoundedBody.read(new ByteArrayInputStream(wire), gzip, 1, most).toByteArray();
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private static byte[] with(byte[] bytes, int at) {
        byte[] changed = bytes.clone();
        changed[at] ^= 0x7f;
        return changed;
    }

    private static byte[] gzip(byte[] body) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(body);
        }
        return out.toByteArray();
    }

    private static byte[] gzip(byte[] body, int flags) throws IOException {
        byte[] plain = gzip(body);
        var out = new ByteArrayOutputStream();
        out.write(plain, 0, 3);
        out.write(flags);
        out.write(plain, 4, 6);
        out.writeBytes((flags & FEXTRA) != 0 ? new byte[] {3, 0, 9, 9, 9} : new byte[0]);
        out.writeBytes((flags & FNAME) != 0 ? new byte[] {'a', 'b', 0} : new byte[0]);
        out.writeBytes((flags & FCOMMENT) != 0 ? new byte[] {'c', 0} : new byte[0]);
        out.writeBytes((flags & FHCRC) != 0 ? new byte[] {9, 9} : new byte[0]);
        out.write(plain, 10, plain.length - 10);
        return out.toByteArray();
    }
}
