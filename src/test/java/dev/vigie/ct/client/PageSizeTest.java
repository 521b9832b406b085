package dev.vigie.ct.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PageSizeTest {

    private final PageSize page = new PageSize();

    @Test
    void fromTheSecondFailureOnHalfAsMuchIsAskedForDownToOne() {
        int[] asked = {1000, 1000, 500, 250, 125, 62, 31, 15, 7, 3, 1, 1, 1};
        for (int expected : asked) {
            assertThat(page.endAfter(0)).isEqualTo(expected);
            page.failed(0, expected);
        }
        page.learn(0, 1, 1);
        assertThat(page.endAfter(1)).isEqualTo(2);
    }

    /** A new tree head and a replica that does not know it yet. */
    @Test
    void aFewEntriesAtTheEndOfTheTreeSayNothingOfThePage() {
        for (int i = 0; i < 5; i++) {
            page.failed(5000, 31);
        }
        assertThat(page.endAfter(5000)).isEqualTo(5015);
        page.learn(5000, 15, 15);
        assertThat(page.endAfter(5015)).isEqualTo(6000);
    }

    @Test
    void aSuccessInBetweenMakesItTheFirstFailureAgain() {
        page.failed(0, 1000);
        page.learn(0, 1000, 1000);
        page.failed(0, 1000);

        assertThat(page.endAfter(0)).isEqualTo(1000);
    }

    /** Two who read the same log in different places. */
    @Test
    void failuresElsewhereDoNotInterruptTheRow() {
        page.failed(0, 1000);
        page.failed(7000, 1000);
        page.failed(0, 1000);

        assertThat(page.endAfter(0)).isEqualTo(500);
        assertThat(page.endAfter(7000)).isEqualTo(7500);
    }

    @Test
    void afterAHundredWholePagesTwiceAsMuchIsAskedFor() {
        page.failed(0, 1000);
        page.failed(0, 1000);
        for (int i = 0; i < 99; i++) {
            page.learn(500L * i, 500, 500);
        }
        assertThat(page.endAfter(50_000)).isEqualTo(50_500);
        page.learn(49_500, 500, 500);
        assertThat(page.endAfter(50_000)).isEqualTo(51_000);
    }

    @Test
    void onlyOneQuestionAtATimeIsLargerThanWhatIsKnown() {
        page.learn(0, 1000, 250);
        for (int i = 0; i < 100; i++) {
            page.learn(250L * i, 250, 250);
        }
        assertThat(page.endAfter(25_250)).as("not aligned").isEqualTo(25_500);
        assertThat(page.endAfter(25_500)).isEqualTo(26_000);
        assertThat(page.endAfter(26_000)).isEqualTo(26_250);
        assertThat(page.endAfter(25_500)).as("planned and asked").isEqualTo(26_000);

        page.learn(25_500, 500, 250);
        assertThat(page.endAfter(26_500)).isEqualTo(26_750);
    }

    @Test
    void aLargerQuestionThatFailsIsAskedAsBefore() {
        page.learn(0, 1000, 250);
        for (int i = 0; i < 100; i++) {
            page.learn(250L * i, 250, 250);
        }
        assertThat(page.endAfter(25_000)).isEqualTo(25_500);
        page.failed(25_000, 500);
        assertThat(page.endAfter(25_000)).isEqualTo(25_250);
        assertThat(page.endAfter(25_500)).isEqualTo(25_750);

        for (int i = 102; i < 202; i++) {
            page.learn(250L * i, 250, 250);
        }
        assertThat(page.endAfter(51_000)).as("elsewhere, later").isEqualTo(51_500);
    }

    @ParameterizedTest
    @CsvSource({"1,1", "10,10", "256,256", "5000,5000", "0,1000"})
    void aFixedSizeIsNotExceeded(int limit, long end) {
        page.limit(limit);
        assertThat(page.endAfter(0)).isEqualTo(end);
        for (int i = 0; i < 200; i++) {
            page.learn(i * end, (int) end, (int) end);
        }
        assertThat(page.endAfter(0)).isEqualTo(end);
    }

    @Test
    void aFixedSizeIsStillHalvedAndComesBackToItself() {
        page.limit(10);
        page.failed(0, 10);
        page.failed(0, 10);
        assertThat(page.endAfter(0)).isEqualTo(5);
        for (int i = 0; i < 200; i++) {
            page.learn(5L * i, (int) (page.endAfter(0)), (int) page.endAfter(0));
        }
        assertThat(page.endAfter(0)).isEqualTo(10);
    }

    @Test
    void aNegativeSizeIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> page.limit(-1));
    }

    /** L14 */
    @Test
    void theLargestTreeHasAnEnd() {
        assertThat(page.endAfter(Long.MAX_VALUE - 1)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void manyFailingStartsAreNotKeptForEver() {
        for (long start = 0; start < 100_000; start += 1000) {
            page.failed(start, 1000);
        }
        page.failed(0, 1000);
        assertThat(page.endAfter(0)).as("forgotten, so the first again").isEqualTo(1000);
    }
}
