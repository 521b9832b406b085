package dev.vigie.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadBuffersTest {

    private final ReadBuffers buffers = new ReadBuffers(1 << 20);

    @ParameterizedTest
    @CsvSource({
        "0, 8192",
        "8192, 8192",
        "8193, 16384",
        "300000, 524288",
        "16777216, 16777216",
        "16777217, 16777217"
    })
    void aBufferIsAsLongAsAskedForOrTheNextPowerOfTwo(int atLeast, int length) {
        assertThat(buffers.take(atLeast)).hasSize(length);
    }

    @Test
    void whatWasGivenBackIsTakenAgain() {
        byte[] buffer = buffers.take(20_000);
        buffers.give(buffer);

        assertThat(buffers.take(16_385)).isSameAs(buffer);
        assertThat(buffers.take(16_385)).isNotSameAs(buffer);
    }

    @Test
    void noMoreLiesIdleThanAllowed() {
        byte[] half = buffers.take(1 << 19);
        byte[] otherHalf = buffers.take(1 << 19);
        byte[] more = buffers.take(1 << 13);
        buffers.give(half);
        buffers.give(otherHalf);
        buffers.give(more);

        assertThat(buffers.keptBytes()).isEqualTo(1 << 20);
        assertThat(buffers.take(1 << 13)).isNotSameAs(more);
    }

    @Test
    void hugeAndForeignArraysAreNotKept() {
        var roomy = new ReadBuffers(Long.MAX_VALUE);
        roomy.give(new byte[2 * ReadBuffers.LARGEST_KEPT]);
        roomy.give(roomy.take(ReadBuffers.LARGEST_KEPT + 1));
        roomy.give(new byte[10_000]);
        roomy.give(new byte[0]);

        assertThat(roomy.keptBytes()).isZero();
    }

    @Test
    void aBodyThatWasReleasedShowsNothingOfTheNext() throws IOException {
        BoundedBody first = read(new byte[] {1, 2, 3});
        first.release();
        BoundedBody second = read(new byte[] {4});

        assertThat(first.toByteArray()).isEmpty();
        first.release(); // once more gives nothing away
        assertThat(read(new byte[] {5}).buffer()).isNotSameAs(second.buffer());
        assertThat(second.toByteArray()).containsExactly(4);
    }

    private static BoundedBody read(byte[] body) throws IOException {
        return BoundedBody.read(new ByteArrayInputStream(body), false, body.length, 100);
    }
}
